import { batchQuerier, order, searchScope } from '@holdfast/querier';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { bothPools } from '../fixture/both-pools.js';
import { operationsOf } from '../fixture/operations-of.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';
import { Article, Blogger, Entry, Photo, Topic } from './blog.js';

const bloggers = operationsOf<Blogger>(Blogger);
const entries = operationsOf<Entry>(Entry);
const articles = operationsOf<Article>(Article);
const photos = operationsOf<Photo>(Photo);
const redBloggers = searchScope<Blogger>({ name: 'team', equals: { team: 'red' } });
const red = searchScope<Entry>({
  name: 'team',
  equals: { team: 'red' },
  related: { author: redBloggers, topics: 'owned' },
});
const redArticles = searchScope<Article>({ name: 'team', equals: { team: 'red' } });
const redPhotos = searchScope<Photo>({ name: 'team', equals: { team: 'red' } });

describe.each(bothPools)('entities that are classes with legacy decorators %s', (_, pool) => {
  let test: TestDatabase;
  let author: Blogger;
  beforeAll(async () => {
    test = await testDatabase([Blogger, Entry, Article, Photo, Topic], pool);
    const { database } = test;
    author = await database.execute(
      bloggers.create(redBloggers, { values: { names: { first: 'ann' }, password: 'secret' } }),
    );
    await database.execute(
      articles.create(redArticles, {
        values: { authorId: author.id, text: 'hello', link: new URL('https://a.example/') },
      }),
    );
    await database.execute(
      photos.create(redPhotos, { values: { authorId: author.id, size: [3, 4], status: 'public' } }),
    );
  });
  afterAll(() => test.close());

  it('are mapped with all that they inherit and embed', async () => {
    const read = await test.database.execute(bloggers.get(redBloggers, author.id));
    const stored = await test.dataSource.query<readonly object[]>(
      'SELECT "nFirst", "nFamily_name", password FROM bloggers',
    );

    expect(read).toEqual({
      id: author.id,
      team: 'red',
      createdAt: author.createdAt,
      version: 1,
      names: { first: 'ann', last: null },
    });
    expect(stored).toEqual([{ nFirst: 'ann', nFamily_name: null, password: 'secret' }]);
  });

  it('give plain rows with the values that TypeORM gives', async () => {
    const { items } = await test.database.execute(
      articles.search(redArticles, batchQuerier<Article>({ pagination: { noPagination: true } })),
    );
    const [byTypeOrm] = await test.dataSource.getRepository(Article).find();
    const { form, authorId, ...same } = items[0]!;

    expect(items).toHaveLength(1);
    expect(Object.getPrototypeOf(items[0])).toBe(Object.prototype);
    expect([form, authorId]).toEqual(['article', author.id]);
    expect({ ...byTypeOrm }).toEqual({ ...same, listened: false });
    expect(same.link).toBeInstanceOf(URL);
  });

  it('are reached by conditions and orders, over relations and of their parent', async () => {
    const querier = batchQuerier<Entry>({
      conditions: [{ author: { is: { names: { first: { eq: 'ann' } } } }, topics: { none: {} } }],
      orders: [order('author.names.first'), order('form', { ascending: false })],
      pagination: { noPagination: true },
    });

    const { items } = await test.database.execute(entries.search(red, querier));

    expect(items.map(({ form, status }) => [form, status])).toEqual([
      ['photo', 'public'],
      ['article', 'draft'],
    ]);
    expect(await test.database.execute(photos.count(redPhotos, { size: { has: 4 } }))).toBe(1);
    expect(await test.database.execute(photos.count(redPhotos, { form: { eq: 'article' } }))).toBe(0);
  });

  it('are changed by what is given, and by no listener', async () => {
    const { items } = await test.database.execute(
      photos.search(redPhotos, batchQuerier<Photo>({ pagination: { noPagination: true } })),
    );

    const changed = await test.database.execute(photos.update(redPhotos, items[0]!.id, { changes: { size: [1] } }));

    expect(changed).toMatchObject({ size: [1], version: 2, form: 'photo' });
    expect('listened' in changed).toBe(false);
  });
});
