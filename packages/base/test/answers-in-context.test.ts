import { AsyncLocalStorage } from 'node:async_hooks';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { entityOperations, guardedPool } from '../src/index.js';
import { ArticleRow } from './fixture/article-row.js';
import { article, tenant } from './fixture/articles.js';
import { testDatabase, type TestDatabase } from './fixture/test-database.js';

const caller = new AsyncLocalStorage<string>();
const a = tenant('a');

// What the application gives a repository reads who called, throws, and says of rows what it likes.
let seen: (string | undefined)[] = [];
let alreadyExists: (values: unknown) => Error = () => new EntityAlreadyExists('article');
const articles = entityOperations<ArticleRow, ArticleRow, string>({
  entity: ArticleRow,
  toData(row) {
    seen.push(caller.getStore());
    return { ...row };
  },
  notFound: (id) => new EntityNotFound('article', `There is no article ${id}.`),
  alreadyExists: (values) => alreadyExists(values) as EntityAlreadyExists,
  softDelete: 'deletedAt',
});

describe.each([
  ['guarded', guardedPool({ max: 1 })],
  ['stock', { extra: { max: 1 } }],
] as const)('an answer to a transaction on a %s pool', (_, pool) => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([ArticleRow], pool);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query('TRUNCATE articles');
    seen = [];
    alreadyExists = () => new EntityAlreadyExists('article');
  });

  const stored = async (): Promise<string> =>
    (await test.database.beginSession((dbSession) => dbSession.execute(articles.create(a, article())))).id;

  it('is made data of in the context of whoever asked, whether or not the connection was there', async () => {
    const id = await caller.run('somebody else', stored);
    seen = [];

    for (const name of ['first', 'second']) {
      await caller.run(name, async () => {
        await test.database.execute(articles.update(a, id, { changes: { title: name } }));
        await test.database.beginSession(async (dbSession) => {
          await dbSession.execute(articles.get(a, id));
          await dbSession.execute(articles.update(a, id, { changes: { title: name } }));
        });
      });
    }

    expect(seen).toEqual(['first', 'first', 'first', 'second', 'second', 'second']);
  });

  it.each<[string, () => Error]>([
    ['throws', () => JSON.parse('') as Error],
    ['gives an error that is frozen', () => Object.freeze(new EntityAlreadyExists('article'))],
  ])('rejects where what names a violation %s, and the connection goes on', async (_how, named) => {
    alreadyExists = named;
    const id = await stored();

    for (const before of [0, 1]) {
      const failing = test.database.beginSession(async (dbSession) => {
        if (before > 0) await dbSession.execute(articles.get(a, id));
        await dbSession.execute(articles.create(a, article({ id })));
      });
      await expect(failing).rejects.toBeInstanceOf(Error);
    }

    expect((await test.database.execute(articles.get(a, id))).id).toBe(id);
  });
});
