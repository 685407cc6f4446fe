import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { newId, VersionConflict } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { bothPools } from '../fixture/both-pools.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

describe.each(bothPools)('versions and deletion dates %s', (_, pool) => {
  const a = tenant('a');
  let test: TestDatabase;
  beforeAll(async () => void (test = await testDatabase([ArticleRow], pool)));
  afterAll(() => test.close());
  beforeEach(() => test.dataSource.query('TRUNCATE articles'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);

  it('are refused where a change gives the row back: a version is for expectedVersion', async () => {
    const row = await run(articles.create(a, article()));
    const { id: _id, tenant: _tenant, deletedAt: _deletedAt, ...values } = row;
    const refusal = { name: 'InvalidInput', reason: 'UNKNOWN_FIELD', pointer: '/version' };
    const changes = { ...values, title: 'new' };

    await expect(run(articles.update(a, row.id, { changes, expectedVersion: 1 }))).rejects.toMatchObject(refusal);
    await expect(run(articles.updateIf(a, row.id, { rank: { eq: 0 } }, { changes }))).rejects.toMatchObject(refusal);
    await expect(run(articles.batchUpdate(a, [row.id], { changes }))).rejects.toMatchObject(refusal);
    await expect(run(articles.bulkUpdate(a, [{ id: row.id, changes }]))).rejects.toMatchObject({
      ...refusal,
      pointer: '/0/version',
    });
    expect(await run(articles.get(a, row.id))).toEqual(row);
  });

  it('are counted from the first one on: a new row gives no version, and an upsert sets none', async () => {
    const id = newId();
    const refusal = { name: 'InvalidInput', reason: 'UNKNOWN_FIELD' };

    await expect(run(articles.create(a, article({ version: 7 })))).rejects.toMatchObject(refusal);
    await expect(run(articles.bulkCreate(a, [article({ version: 7 })]))).rejects.toMatchObject(refusal);
    await expect(run(articles.upsert(a, article({ version: 7 })))).rejects.toMatchObject(refusal);
    await run(articles.upsert(a, article({ id })));
    await expect(run(articles.upsert(a, { ...article({ id }), update: ['version'] }))).rejects.toMatchObject(refusal);
    expect(await run(articles.get(a, id))).toMatchObject({ version: 1 });
  });

  it('are set by delete and restore alone: no change deletes a row, though a new row may be an old deleted one', async () => {
    const { id } = await run(articles.create(a, article()));
    const changes = { deletedAt: new Date() };
    const refusal = { name: 'InvalidInput', reason: 'UNKNOWN_FIELD' };

    await expect(run(articles.update(a, id, { changes }))).rejects.toMatchObject(refusal);
    await expect(run(articles.updateIf(a, id, { rank: { eq: 0 } }, { changes }))).rejects.toMatchObject(refusal);
    await expect(run(articles.batchUpdate(a, [id], { changes }))).rejects.toMatchObject(refusal);
    await expect(run(articles.bulkUpdate(a, [{ id, changes }]))).rejects.toMatchObject(refusal);
    await run(articles.upsert(a, article({ id, ...changes, rank: 5 })));
    await expect(
      run(articles.upsert(a, { ...article({ id, ...changes }), update: ['deletedAt'] })),
    ).rejects.toMatchObject(refusal);
    expect(await run(articles.get(a, id))).toMatchObject({ deletedAt: null, rank: 5 });
    expect(await run(articles.create(a, article(changes)))).toMatchObject(changes);
  });

  it.each<[string, (id: string, title: string) => Parameters<typeof run>[0]]>([
    ['update', (id) => articles.update(a, id, { changes: { rank: 1 } })],
    ['updateIf', (id) => articles.updateIf(a, id, { rank: { eq: 0 } }, { changes: { rank: 1 } })],
    ['bulkUpdate', (id) => articles.bulkUpdate(a, [{ id, changes: { rank: 1 } }])],
    ['batchUpdate', (id) => articles.batchUpdate(a, [id], { changes: { rank: 1 } })],
    ['upsert', (id, title) => articles.upsert(a, article({ id, title }))],
    ['bulkUpsert', (id, title) => articles.bulkUpsert(a, [article({ id, title })])],
    ['delete', (id) => articles.delete(a, id)],
    ['batchDelete', (id) => articles.batchDelete(a, [id])],
  ])('come with the time of the last change: %s counts one more and sets it', async (_operation, change) => {
    const long = new Date('2001-02-03T04:05:06Z');
    const { id, title, modifiedAt, version } = await run(articles.create(a, article({ modifiedAt: long })));

    await run(change(id, title));

    const row = await run(articles.get(a, id, { includeDeleted: true }));
    expect([modifiedAt, version]).toEqual([long, 1]);
    expect(row.modifiedAt.getTime()).toBeGreaterThan(long.getTime());
    expect(row.version).toBe(2);
  });

  it('come with the time of the last change, unless a change gives it', async () => {
    const given = new Date('2001-02-03T04:05:06Z');
    const { id } = await run(articles.create(a, article()));

    const updated = await run(articles.update(a, id, { changes: { modifiedAt: given } }));
    const [bulk] = await run(articles.bulkUpdate(a, [{ id, changes: { modifiedAt: given } }]));

    expect([updated, bulk].map((row) => [row!.modifiedAt, row!.version])).toEqual([
      [given, 2],
      [given, 3],
    ]);
  });

  it('are expected of single rows of a bulk', async () => {
    const [one, two, three] = await run(articles.bulkCreate(a, [article(), article(), article()]));
    const missing = newId();
    const foreign = await run(articles.create(tenant('b'), article()));
    await run(articles.update(a, two!.id, { changes: { rank: 1 } }));
    const change = (id: string, expectedVersion: number | undefined, changes: { readonly rank?: number }) => ({
      id,
      changes,
      ...(expectedVersion === undefined ? {} : { expectedVersion }),
    });
    const updates = [
      change(one!.id, 1, { rank: 5 }),
      change(two!.id, 1, { rank: 5 }),
      change(three!.id, undefined, { rank: 5 }),
      change(missing, 1, { rank: 5 }),
      change(foreign.id, 1, { rank: 5 }),
      change(one!.id, 2, { rank: 6 }),
      change(two!.id, 1, {}),
      change(one!.id, 3, {}),
    ];

    await expect(run(articles.bulkUpdate(a, updates.slice(0, 2)))).rejects.toBeInstanceOf(VersionConflict);
    expect(await run(articles.get(a, one!.id))).toEqual(one);
    const { successes, failures } = await run(articles.bulkUpdatePartial(a, updates));

    expect(successes.map(({ id, rank, version }) => [id, rank, version])).toEqual([
      [one!.id, 5, 2],
      [three!.id, 5, 2],
      [one!.id, 6, 3],
      [one!.id, 6, 3],
    ]);
    expect(failures.map(({ index, error }) => [index, error.name])).toEqual([
      [1, 'VersionConflict'],
      [3, 'EntityNotFound'],
      [4, 'EntityNotFound'],
      [6, 'VersionConflict'],
    ]);
  });

  it('are not expected by what does not check them', async () => {
    const { id } = await run(articles.create(a, article()));
    const spec = { changes: { rank: 1 }, expectedVersion: 1 } as { readonly changes: { readonly rank: number } };

    await expect(run(articles.updateIf(a, id, { rank: { eq: 0 } }, spec))).rejects.toBeInstanceOf(Misuse);
    await expect(run(articles.batchUpdate(a, [id], spec))).rejects.toBeInstanceOf(Misuse);
  });
});
