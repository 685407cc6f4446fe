import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Timestamp } from '@holdfast/querier';
import { EntityNotFound, errorCode, HoldfastError, Misuse } from '@holdfast/errors';
import {
  type CreatorSpec,
  Database,
  everyRow,
  guardedPool,
  newId,
  OperationAlreadyDone,
  type OperationKey,
  operationKey,
  statementCounts,
  type WriteSpec,
} from '../../src/index.js';
import { type KeyedDatabase, keyedDatabase } from '../fixture/parcels/keyed-database.js';
import { fresh, of, parcels, stored } from '../fixture/parcels/parcels.js';
import type { ParcelRow } from '../fixture/parcels/parcel-row.js';

const a = of('a');

/** With something in each column. */
const full = (more: Partial<ParcelRow> = {}): CreatorSpec<ParcelRow> => ({
  values: {
    code: fresh(),
    place: -7,
    weight: '12345678901234567890.0123456789',
    grams: 9_007_199_254_740_993n,
    ratio: 0.1 + 0.2,
    state: 'sent',
    labels: ['', 'NULL', null as never, 'ü "quoted", \\ and 𝄞', '\u2028'],
    times: [Timestamp.of('1999-12-31T23:59:59.999999Z'), new Date(0)],
    seal: Uint8Array.from([0, 255, 92, 39, 1]),
    facts: { text: '\\ ü', deep: [1, null, { n: 1e300 }] } as never,
    dueAt: Timestamp.of('2026-03-04T05:06:07.890123Z'),
    ...more,
  },
});
const empty = (): CreatorSpec<ParcelRow> => ({
  values: { code: fresh(), weight: null, grams: null, labels: [], times: null, dueAt: null },
});

const inUse = (): HoldfastError =>
  new HoldfastError({ code: errorCode('parcel', 'purge', 'conflict'), message: 'It is in use.', httpStatus: 409 });
const conflictChecks = [{ table: 'parcel_scans', column: 'parcel_id', error: inUse }];

/** The parcels that are there, which an operation may be about. */
interface Given {
  readonly live: readonly ParcelRow[];
  readonly deleted: ParcelRow;
}

/** `keeps`: one statement, whose answer is kept. Each spec is made once for each call, as other processes would. */
type Case = readonly [
  name: keyof typeof statementCounts,
  what: string,
  keeps: 'keeps' | 'forgets',
  ask: (given: Given) => () => WriteSpec<unknown>,
];

const create = (spec: CreatorSpec<ParcelRow>) => (): WriteSpec<unknown> => parcels.create(a, { ...spec });
const many = (length: number): readonly CreatorSpec<ParcelRow>[] => Array.from({ length }, () => empty());

const cases: readonly Case[] = [
  ['create', 'a row whose key is made here', 'keeps', () => create(full())],
  ['create', 'a row with its own key', 'keeps', () => create(full({ id: newId() }))],
  ['create', 'a row of nothing', 'keeps', () => create(empty())],
  [
    'create',
    'a row behind an existence check',
    'keeps',
    () => {
      const spec = full();
      return () => parcels.create(stored('a'), spec);
    },
  ],
  [
    'createNext',
    'a row in the next place',
    'forgets',
    () => {
      const spec = empty();
      return () => parcels.createNext(a, spec, { column: 'place' });
    },
  ],
  [
    'bulkCreate',
    'rows that give different columns',
    'keeps',
    () => {
      const specs = [full(), empty(), full({ id: newId() }), empty(), full()];
      return () => parcels.bulkCreate(a, specs);
    },
  ],
  [
    'bulkCreate',
    'a count',
    'keeps',
    () => {
      const specs = many(3);
      return () => parcels.bulkCreate(a, specs, { returning: 'count' });
    },
  ],
  [
    'bulkCreate',
    'a thousand',
    'keeps',
    () => {
      const specs = many(1_000);
      return () => parcels.bulkCreate(a, specs);
    },
  ],
  [
    'bulkCreate',
    'more than a thousand',
    'forgets',
    () => {
      const specs = many(1_001);
      return () => parcels.bulkCreate(a, specs);
    },
  ],
  ['bulkCreate', 'none', 'keeps', () => () => parcels.bulkCreate(a, [])],
  [
    'bulkCreatePartial',
    'one of two',
    'forgets',
    ({ live }) => {
      const specs = [full(), full({ id: live[0]!.id })];
      return () => parcels.bulkCreatePartial(a, specs);
    },
  ],
  [
    'update',
    'a change',
    'keeps',
    ({ live }) =>
      () =>
        parcels.update(a, live[0]!.id, { changes: { place: 5 } }),
  ],
  [
    'update',
    'a change of one version',
    'keeps',
    ({ live }) =>
      () =>
        parcels.update(a, live[0]!.id, { changes: { place: 5, seal: null }, expectedVersion: 1 }),
  ],
  [
    'update',
    'a change of nothing',
    'keeps',
    ({ live }) =>
      () =>
        parcels.update(a, live[0]!.id, { changes: {} }),
  ],
  [
    'updateIf',
    'a condition that is met',
    'keeps',
    ({ live }) =>
      () =>
        parcels.updateIf(a, live[0]!.id, { state: { eq: 'sent' } }, { changes: { state: 'packed' } }),
  ],
  [
    'updateIf',
    'a condition that is not met',
    'keeps',
    ({ live }) =>
      () =>
        parcels.updateIf(a, live[0]!.id, { state: { eq: 'packed' } }, { changes: { state: 'sent' } }),
  ],
  [
    'bulkUpdate',
    'different columns',
    'forgets',
    ({ live }) =>
      () =>
        parcels.bulkUpdate(a, [
          { id: live[0]!.id, changes: { place: 1 } },
          { id: live[1]!.id, changes: { state: null, labels: ['x'] } },
        ]),
  ],
  [
    'bulkUpdatePartial',
    'one of two',
    'forgets',
    ({ live, deleted }) =>
      () =>
        parcels.bulkUpdatePartial(
          a,
          [live[0]!.id, deleted.id].map((id) => ({ id, changes: { place: 1 } })),
        ),
  ],
  [
    'delete',
    'a row',
    'keeps',
    ({ live }) =>
      () =>
        parcels.delete(a, live[0]!.id),
  ],
  [
    'restore',
    'a row',
    'keeps',
    ({ deleted }) =>
      () =>
        parcels.restore(a, deleted.id),
  ],
  [
    'purge',
    'a row',
    'keeps',
    ({ live }) =>
      () =>
        parcels.purge(a, live[0]!.id),
  ],
  [
    'purge',
    'a row that nothing keeps',
    'forgets',
    ({ live }) =>
      () =>
        parcels.purge(a, live[0]!.id, { conflictChecks }),
  ],
  [
    'bulkPurgePartial',
    'two of three',
    'forgets',
    ({ live, deleted }) => {
      const ids = [live[0]!.id, deleted.id, newId()];
      return () => parcels.bulkPurgePartial(a, ids);
    },
  ],
  [
    'upsert',
    'a new row',
    'keeps',
    () => {
      const spec = full();
      return () => parcels.upsert(a, spec);
    },
  ],
  [
    'upsert',
    'a row that is there',
    'keeps',
    ({ live }) =>
      () =>
        parcels.upsert(a, { values: { code: live[0]!.code, place: 3 } }),
  ],
  [
    'bulkUpsert',
    'new and old',
    'forgets',
    ({ live }) => {
      const specs = [full(), { values: { code: live[0]!.code, place: 3 } }];
      return () => parcels.bulkUpsert(a, specs);
    },
  ],
  [
    'bulkUpsertPartial',
    'new and deleted',
    'forgets',
    ({ deleted }) => {
      const specs = [full(), { values: { code: deleted.code, place: 3 } }];
      return () => parcels.bulkUpsertPartial(a, specs);
    },
  ],
  [
    'batchUpdate',
    'ids',
    'keeps',
    ({ live }) =>
      () =>
        parcels.batchUpdate(a, [live[0]!.id], { changes: { place: 9 } }),
  ],
  ['batchDelete', 'a condition', 'keeps', () => () => parcels.batchDelete(a, { state: { eq: 'sent' } })],
  ['batchPurge', 'all', 'keeps', () => () => parcels.batchPurge(a, everyRow('the test says so'))],
  [
    'batchPurge',
    'in batches of one transaction',
    'forgets',
    () => () => parcels.batchPurge(a, everyRow('the test says so'), { batchSize: 1 }),
  ],
  [
    'batchPurge',
    'what nothing keeps',
    'forgets',
    () => () => parcels.batchPurge(a, everyRow('the test says so'), { conflictChecks }),
  ],
];

const reads = ['get', 'find', 'loadMany', 'search', 'project', 'pagesPerParent', 'count', 'aggregate'];
const streams = ['stream', 'streamColumns'];

it('is about each operation that writes', () => {
  const covered = new Set<string>([...cases.map(([name]) => name), ...reads, ...streams]);
  expect(Object.keys(statementCounts).filter((name) => !covered.has(name))).toEqual([]);
});

describe.each([
  ['over the guarded pool', guardedPool({ max: 3 }), {}],
  ['over a stock pool', { extra: { max: 3 } }, {}],
  ['without prepared statements', guardedPool({ max: 3 }), { preparedStatements: false }],
] as const)('a standard operation with a key, %s', (_, pool, options) => {
  let test: KeyedDatabase;
  let database: Database;
  let other: Database;
  let given: Given;

  beforeAll(async () => {
    test = await keyedDatabase(pool);
    await test.dataSource.query('CREATE TABLE parcel_scans (parcel_id uuid)');
    database = new Database(test.dataSource, options);
    other = new Database(test.dataSource, options);
  });
  afterAll(() => test.close());
  beforeEach(async () => {
    await test.dataSource.query(
      `DELETE FROM parcels; DELETE FROM holdfast_operation; DELETE FROM depots; INSERT INTO depots VALUES ('a')`,
    );
    const rows = await database.execute(parcels.bulkCreate(a, [full(), full({ state: null }), full()]));
    const deleted = await database.execute(parcels.delete(a, rows[2]!.id));
    await database.execute(parcels.create(of('b'), full()));
    given = { live: rows.slice(0, 2), deleted };
  });

  it.each(cases)('%s, %s: is done once', async (_name, _what, keeps, ask) => {
    const make = ask(given);
    const key = operationKey(fresh());
    const first = await database.execute(make(), { operationKey: key, actor: 'ada' });
    const after = await test.parcels();
    const again = (on: Database, operationKey: OperationKey): Promise<unknown> =>
      on.execute(make(), { operationKey, actor: 'ada' });

    for (const on of [database, other]) {
      if (keeps === 'keeps') {
        const second = await again(on, operationKey(key.text));
        expect(second).toStrictEqual(first);
        expect(Object.isFrozen(second) || second === null).toBe(true);
      } else {
        const error = await again(on, key).catch((thrown: unknown) => thrown);
        expect(error).toBeInstanceOf(OperationAlreadyDone);
        expect(error).toMatchObject({ outcome: 'committed', httpStatus: 409 });
      }
    }
    expect(await test.parcels()).toEqual(after);
    expect(await test.keys()).toBe(1);
  });

  it('answers what was answered, whatever has become of the rows since', async () => {
    const make = cases[0]![3](given);
    const options = { operationKey: operationKey(fresh()) };
    const first = await database.execute(make(), options);
    await database.execute(parcels.batchPurge(a, everyRow('the test says so')));

    expect(await database.execute(make(), options)).toStrictEqual(first);
    expect(await database.execute(parcels.count(a, {}))).toBe(0);
  });

  it('answers what was answered where what had to be there is gone since', async () => {
    const spec = full();
    const options = { operationKey: operationKey(fresh()) };
    const first = await database.execute(parcels.create(stored('a'), spec), options);
    await test.dataSource.query('TRUNCATE depots');

    expect(await database.execute(parcels.create(stored('a'), spec), options)).toStrictEqual(first);
    await expect(
      database.execute(parcels.create(stored('a'), full()), { operationKey: operationKey(fresh()) }),
    ).rejects.toBeInstanceOf(EntityNotFound);
    expect(await test.keys()).toBe(1);
  });

  it('is refused for a purge of many transactions, which does nothing', async () => {
    const spec = parcels.batchPurge(a, everyRow('the test says so'), { batchSize: 1, transaction: 'each' });
    const before = await test.parcels();

    await expect(database.execute(spec, { operationKey: operationKey(fresh()) })).rejects.toBeInstanceOf(Misuse);
    expect(await test.parcels()).toEqual(before);
    expect(await test.keys()).toBe(0);
  });
});
