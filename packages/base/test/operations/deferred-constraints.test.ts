import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { UniqueViolation } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { bothPools } from '../fixture/both-pools.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

describe.each(bothPools)('constraints that are deferred, %s,', (_, pool) => {
  const a = tenant('a');
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([ArticleRow], pool);
    await test.dataSource.query(
      'ALTER TABLE articles DROP CONSTRAINT articles_title_once, ' +
        'ADD CONSTRAINT articles_title_once UNIQUE (tenant, title) DEFERRABLE INITIALLY DEFERRED',
    );
  });
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const taken = 'This title is taken.';

  it('are told of as the domain says, whether one statement meets them or the end of several', async () => {
    const { id } = await run(articles.create(a, article({ title: 'one' })));
    const many = Array.from({ length: 1_001 }, () => article());

    await expect(run(articles.create(a, article({ title: 'one' })))).rejects.toThrow(taken);
    await expect(run(articles.bulkCreate(a, [article({ title: 'one' })]))).rejects.toThrow(taken);
    await expect(run(articles.bulkCreate(a, [article({ title: 'one' }), ...many]))).rejects.toThrow(taken);
    await expect(run(articles.bulkUpsert(a, [article({ title: 'one' })]))).rejects.toThrow(taken);
    await expect(run(articles.createNext(a, article({ title: 'one' }), { column: 'rank' }))).rejects.toThrow(taken);
    const [other] = await run(articles.bulkCreate(a, [article({ title: 'two' })]));
    const updates = [{ id: other!.id, changes: { title: 'one' } }];
    await expect(run(articles.bulkUpdate(a, updates))).rejects.toThrow(taken);
    const swapped = [...updates, { id, changes: { title: 'two' } }];
    expect((await run(articles.bulkUpdate(a, swapped))).map(({ title }) => title)).toEqual(['one', 'two']);
  });

  it('leave out of a partial bulk the rows that violate them, and no others', async () => {
    await run(articles.create(a, article({ title: 'one' })));
    const titles = ['two', 'one', 'three', 'three', 'four'];

    const { successes, failures } = await run(
      articles.bulkCreatePartial(
        a,
        titles.map((title) => article({ title })),
      ),
    );

    expect(successes.map(({ title }) => title)).toEqual(['two', 'three', 'four']);
    expect(failures.map(({ index, error }) => [index, error.message])).toEqual([
      [1, taken],
      [3, taken],
    ]);
  });

  it('stay deferred in a dbSession that executes a partial bulk', async () => {
    const { id } = await run(articles.create(a, article({ title: 'one' })));

    await test.database.beginSession(async (dbSession) => {
      const { successes } = await dbSession.execute(articles.bulkCreatePartial(a, [article({ title: 'two' })]));
      await dbSession.execute(articles.update(a, id, { changes: { title: 'two' } }));
      await dbSession.execute(articles.update(a, successes[0]!.id, { changes: { title: 'one' } }));
    });

    await expect(
      test.database.beginSession(async (dbSession) => {
        await dbSession.execute(articles.bulkCreatePartial(a, [article({ title: 'three' })]));
        await dbSession.execute(articles.create(a, article({ title: 'three' })));
      }),
    ).rejects.toBeInstanceOf(UniqueViolation);
  });
});
