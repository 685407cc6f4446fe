import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { EntityAlreadyExists, EntityNotFound } from '@holdfast/errors';
import { searchScope } from '@holdfast/querier';
import { EntitySchema } from 'typeorm';
import { entityOperations, guardedPool } from '../../src/index.js';
import { testDatabase, type TestDatabase } from '../fixture/test-database.js';

/** Things that are found by what an index says of them. */
interface ThingRow {
  readonly id: number;
  readonly tenant: string;
  readonly name: string | null;
  readonly size: string | null;
  readonly closed: boolean;
  readonly note: string | null;
  /** Called as statements call the place of a row. */
  readonly place: number;
}

const ThingRow = new EntitySchema<ThingRow>({
  name: 'Thing',
  tableName: 'things',
  columns: {
    id: { type: 'int', primary: true, generated: 'increment' },
    tenant: { type: 'text' },
    name: { type: 'text', nullable: true },
    size: { type: 'numeric', precision: 10, scale: 2, nullable: true },
    closed: { type: 'boolean', default: false },
    note: { type: 'text', nullable: true },
    place: { type: 'int', default: 1 },
  },
});

const things = entityOperations<ThingRow, ThingRow, number>({
  entity: ThingRow,
  toData: (row) => ({ ...row }),
  notFound: () => new EntityNotFound('thing'),
  alreadyExists: () => new EntityAlreadyExists('thing'),
});

// No row of it is ever deleted softly.
describe('upserts by indexes of all kinds', () => {
  let test: TestDatabase;
  const mine = searchScope<ThingRow>({ name: 'tenant', equals: { tenant: 'mine' } });
  const theirs = searchScope<ThingRow>({ name: 'tenant', equals: { tenant: 'theirs' } });

  beforeAll(async () => void (test = await testDatabase([ThingRow], guardedPool({ max: 8 }))));
  afterAll(() => test.close());
  afterEach(() => test.dataSource.query('TRUNCATE things; DROP INDEX things_once'));

  const run: TestDatabase['database']['execute'] = (spec, options) => test.database.execute(spec, options);
  const index = (sql: string) => test.dataSource.query(`CREATE UNIQUE INDEX things_once ON things ${sql}`);
  const named = (name: string | null, values: Partial<ThingRow> = {}) => ({ values: { name, ...values } });
  const by = (...columns: readonly (keyof ThingRow)[]) => ({ conflictTarget: { columns } });

  it('change rows of the scope, and no others', async () => {
    await index('(name)');
    await run(things.create(theirs, named('b')));

    expect(await run(things.upsert(mine, { ...named('a', { note: '1' }), ...by('name') }))).toMatchObject({
      inserted: true,
    });
    expect(await run(things.upsert(mine, { ...named('a', { note: '2' }), ...by('name') }))).toMatchObject({
      inserted: false,
      data: { note: '2' },
    });
    await expect(run(things.upsert(mine, { ...named('b'), ...by('name') }))).rejects.toBeInstanceOf(
      EntityAlreadyExists,
    );
    await expect(run(things.bulkUpsert(mine, [named('c'), named('b')], by('name')))).rejects.toBeInstanceOf(
      EntityAlreadyExists,
    );
    expect(await run(things.bulkUpsertPartial(mine, [named('c'), named('b'), named('a')], by('name')))).toMatchObject({
      inserted: 1,
      updated: 1,
      failures: [{ index: 1, error: { name: 'EntityAlreadyExists' } }],
    });
  });

  it('count what is stored where NULLs are not distinct', async () => {
    await index('(name, note) NULLS NOT DISTINCT');
    await run(things.create(theirs, named('a')));
    await run(things.create(mine, named('b')));

    await expect(run(things.bulkUpsert(mine, [named('a', { note: null })], by('name', 'note')))).rejects.toBeInstanceOf(
      EntityAlreadyExists,
    );
    expect(
      await run(
        things.bulkUpsertPartial(mine, [named('a', { note: null }), named('b', { note: null })], by('name', 'note')),
      ),
    ).toMatchObject({ inserted: 0, updated: 1, failures: [{ index: 0 }] });
  });

  it('know a row that is stored otherwise than it was given', async () => {
    await index('(size)');

    expect(await run(things.bulkUpsert(mine, [named('a', { size: '1.005' })], by('size')))).toEqual({
      inserted: 1,
      updated: 0,
    });
    expect(await run(things.bulkUpsertPartial(mine, [named('a', { size: '1.007' })], by('size')))).toMatchObject({
      inserted: 0,
      updated: 1,
      failures: [],
    });
    const same = [named('a', { size: '2.001' }), named('b', { size: '2.002' })];
    await expect(run(things.bulkUpsert(mine, same, by('size')))).rejects.toMatchObject({ reason: 'INVALID_VALUE' });
    expect(await run(things.bulkUpsertPartial(mine, same, by('size')))).toMatchObject({ inserted: 1, updated: 1 });
  });

  it('leave alone what a partial index is not of', async () => {
    await index('(name) WHERE NOT closed AND place > 0');
    const target = { conflictTarget: { columns: ['name'], where: 'NOT closed AND place > 0' } } as const;
    await run(things.bulkCreate(mine, [named('a', { closed: true }), named('a', { note: 'open' })]));
    const rows = [
      named('a', { closed: true }),
      named('a', { closed: true }),
      named('a', { note: 'new', closed: false }),
    ];

    expect(await run(things.bulkUpsert(mine, rows, target))).toEqual({ inserted: 2, updated: 1 });
    expect(await run(things.bulkUpsertPartial(mine, rows, target))).toMatchObject({
      inserted: 2,
      updated: 1,
      failures: [],
    });
    await expect(
      run(
        things.bulkUpsert(
          mine,
          [named('x', { closed: false, place: 1 }), named('x', { closed: false, place: 1 })],
          target,
        ),
      ),
    ).rejects.toMatchObject({ pointer: '/1' });
  });

  it('make one row of many that come at the same time', async () => {
    await index('(tenant, name)');
    const target = by('tenant', 'name');
    const names = Array.from({ length: 1_200 }, (_, i) => `n${i}`);

    const results = await Promise.all([
      ...Array.from({ length: 4 }, () =>
        run(
          things.bulkUpsert(
            mine,
            names.map((name) => named(name)),
            target,
          ),
        ),
      ),
      ...Array.from({ length: 4 }, () =>
        run(
          things.bulkUpsert(
            mine,
            names.toReversed().map((name) => named(name)),
            target,
          ),
        ),
      ),
    ]);

    expect(results.reduce((sum, { inserted }) => sum + inserted, 0)).toBe(1_200);
    expect(results.reduce((sum, { updated }) => sum + updated, 0)).toBe(1_200 * 7);
  });

  it('say that a table was changed, and can be made again, where a kept plan no longer fits', async () => {
    await index('(tenant, name)');
    const upsert = (note: string) => things.upsert(mine, { ...named('a', { note }), ...by('tenant', 'name') });
    const one = await testDatabase([ThingRow], guardedPool({ max: 1 }));
    try {
      await one.dataSource.query('CREATE UNIQUE INDEX things_once ON things (tenant, name)');
      await one.database.execute(upsert('before'));
      await one.dataSource.query('ALTER TABLE things ALTER COLUMN note TYPE varchar(20)');

      const inSession = (note: string, maxAttempts: number) =>
        one.database.beginSession((dbSession) => dbSession.execute(upsert(note)), { maxAttempts });

      // PostgreSQL says of both that they are not supported.
      await expect(inSession('once', 1)).rejects.toMatchObject({ name: 'StalePlan', retryable: true });
      expect(await inSession('again', 1)).toMatchObject({ inserted: false, data: { note: 'again' } });
    } finally {
      await one.close();
    }
  });

  it('are refused aloud on partitioned tables', async () => {
    await test.dataSource.query(
      'CREATE TABLE parts (LIKE things INCLUDING DEFAULTS) PARTITION BY LIST (tenant); ' +
        'CREATE TABLE part PARTITION OF parts DEFAULT; ALTER TABLE things RENAME TO whole; ' +
        'ALTER TABLE parts RENAME TO things; CREATE UNIQUE INDEX things_once ON things (tenant, name)',
    );

    const refused = run(things.upsert(mine, { ...named('a'), ...by('tenant', 'name') }));

    await expect(refused).rejects.toThrow(/partitioned/);
    expect(await run(things.count(mine, {}))).toBe(0);
  });
});
