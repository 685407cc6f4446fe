import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, articles, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

class Titled {
  readonly title = 'of an instance';
}

const notPlain: readonly [string, unknown][] = [
  ['null', null],
  ['undefined', undefined],
  ['a text', 'title'],
  ['a list', [['title', 'x']]],
  ['a promise', Promise.resolve({ title: 'x' })],
  ['a Map', new Map([['title', 'x']])],
  ['a Date', new Date(0)],
  ['an instance of a class', new Titled()],
  ['an object with a prototype of its own', Object.create({ title: 'x' })],
];

// What a JSON body may hold, and an object literal may not.
const withPrototype = (values: object, prototype: string): object =>
  JSON.parse(`{${JSON.stringify(values).slice(1, -1)},"__proto__":${prototype}}`) as object;

describe('what is written', () => {
  const a = tenant('a');
  let test: TestDatabase;
  let id: string;

  beforeAll(async () => void (test = await testDatabase([ArticleRow])));
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE articles');
    ({ id } = await test.database.execute(articles.create(a, article({ title: 'before' }))));
  });

  const inDatabase = (): Promise<unknown> => test.dataSource.query('SELECT * FROM articles ORDER BY id');
  const refusals = (specs: readonly unknown[]): Promise<unknown[]> =>
    Promise.all(specs.map((spec) => test.database.execute(spec as never).catch((error: unknown) => error)));

  it.each(notPlain)('is refused where it is %s and no plain object', async (_name, given) => {
    const before = await inDatabase();
    const changes = given as object;
    const values = given as ReturnType<typeof article>['values'];

    const [created, inBulk, ...changed] = await refusals([
      articles.create(a, { values }),
      articles.bulkCreate(a, [article(), { values }]),
      articles.update(a, id, { changes }),
      articles.updateIf(a, id, { rank: { eq: 0 } }, { changes }),
      articles.batchUpdate(a, [id], { changes }),
    ]);

    expect(created).toMatchObject({ name: 'InvalidInput', reason: 'INVALID_VALUE', pointer: '/values' });
    expect(inBulk).toMatchObject({ name: 'InvalidInput', reason: 'INVALID_VALUE', pointer: '/1' });
    for (const error of changed) {
      expect(error).toMatchObject({ name: 'InvalidInput', reason: 'INVALID_VALUE', pointer: '/changes' });
    }
    expect(changed).toHaveLength(3);
    expect(await inDatabase()).toEqual(before);
  });

  it('is refused by name where __proto__ is a member, and keeps the books out of its hands', async () => {
    const before = await inDatabase();
    const unknown = { name: 'InvalidInput', reason: 'UNKNOWN_FIELD' };
    const books = '{"version":1,"modifiedAt":1}';
    const changes = withPrototype({ title: 'after' }, books);
    const values = withPrototype({ id: newId(), title: 'new' }, books);

    const errors = await refusals([
      articles.update(a, id, { changes }),
      articles.updateIf(a, id, { rank: { eq: 0 } }, { changes }),
      articles.batchUpdate(a, [id], { changes }),
      articles.create(a, { values }),
      articles.create([a, tenant('b')], { values: { ...values, tenant: 'a' } }),
    ]);

    for (const error of errors) expect(error).toMatchObject({ ...unknown, pointer: '/__proto__' });
    const [inBulk] = await refusals([articles.bulkCreate(a, [{ values }])]);
    expect(inBulk).toMatchObject({ ...unknown, pointer: '/0/__proto__' });
    expect(await inDatabase()).toEqual(before);
  });

  it('cannot say another tenant to the statement than to the scope, by a getter', async () => {
    const turning = <Values extends object>(values: Values): Values & { readonly tenant: string } => {
      let reads = 0;
      return Object.defineProperty(values, 'tenant', {
        enumerable: true,
        get: () => (reads++ === 0 ? 'a' : 'z'),
      }) as never;
    };

    await test.database.execute(articles.update(a, id, { changes: turning({}) }));
    await test.database.execute(articles.batchUpdate(a, [id], { changes: turning({}) }));
    await test.database.execute(articles.create(a, { values: turning({ title: 'first' }) }));
    await test.database.execute(articles.create([a, tenant('b')], { values: turning({ title: 'second' }) }));
    await test.database.execute(articles.bulkCreate([a, tenant('b')], [{ values: turning({ title: 'third' }) }]));

    const tenants = await test.dataSource.query('SELECT DISTINCT tenant FROM articles');
    expect(tenants).toEqual([{ tenant: 'a' }]);
    expect(await inDatabase()).toHaveLength(4);
  });

  it('may have no prototype at all', async () => {
    const bare = (values: object): object => Object.assign(Object.create(null) as object, values);

    const { version } = await test.database.execute(articles.update(a, id, { changes: bare({ title: 'after' }) }));
    const created = await test.database.execute(
      articles.create(a, { values: bare({ id: newId(), title: 'new' }) as ReturnType<typeof article>['values'] }),
    );

    expect(version).toBe(2);
    expect(created).toMatchObject({ title: 'new', version: 1 });
  });
});
