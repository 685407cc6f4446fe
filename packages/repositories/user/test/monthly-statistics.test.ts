import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { unscoped } from '@holdfast/querier';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import fc from 'fast-check';
import { userEntities } from '../src/entities.js';
import {
  type MonthlyStatistics,
  type UsageBin,
  type UserInfo,
  UserNotFound,
  UserRepositories,
  type UserRepository,
  userScope,
} from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { ClusterTables } from './fixture/cluster-tables.js';
import {
  BIN,
  BINS,
  end,
  expected,
  type Happening,
  type Kernel,
  kernel,
  slotsOf,
  start,
  store,
} from './fixture/kernel-histories.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/users.js';

let test: TestDatabase;
let users: UserRepository;
beforeAll(async () => {
  test = await createTestDatabase({ entities: userEntities, migrations: [...userMigrations, ClusterTables] });
  users = UserRepositories.create({ database: test.database }).repository;
});
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE users, kernels CASCADE'));

const seen = ({ bins }: MonthlyStatistics): readonly Omit<UsageBin, 'start'>[] =>
  bins.map(({ start: _, ...bin }) => bin);
const busy = (statistics: MonthlyStatistics): readonly (readonly [number, number, number])[] =>
  statistics.bins.flatMap(({ sessions, kernels }, i) => (kernels === 0 ? [] : [[i, sessions, kernels] as const]));

describe('getMonthlyStatistics', () => {
  let alice: UserInfo;
  beforeEach(async () => void (alice = await users.create(inBlue, spec(blue))));

  it('gives 2,880 bins of 15 minutes up to the end, frozen, empty where nothing ran', async () => {
    const statistics = await users.getMonthlyStatistics(inBlue, alice.id, { end });

    expect(statistics).toMatchObject({ start: new Date(start), end });
    expect(statistics.bins).toHaveLength(BINS);
    expect(statistics.bins.map((bin) => bin.start.getTime())).toEqual(
      Array.from({ length: BINS }, (_, i) => start + i * BIN),
    );
    expect(new Set(statistics.bins.map((bin) => JSON.stringify({ ...bin, start: 0 }))).size).toBe(1);
    expect(statistics.bins[0]).toMatchObject({ sessions: 0, kernels: 0, allocated: {} });
    expect(
      [statistics, statistics.bins, statistics.bins[7], statistics.bins[7]!.allocated].every(Object.isFrozen),
    ).toBe(true);
  });

  it.each([
    ['within one bin', { from: 5 * BIN + 1, to: 5 * BIN + 2 }, [5]],
    ['from an edge to the next', { from: 5 * BIN, to: 6 * BIN }, [5]],
    ['up to just behind an edge', { from: 5 * BIN, to: 6 * BIN + 1 }, [5, 6]],
    ['from just before an edge', { from: 5 * BIN - 1, to: 6 * BIN }, [4, 5]],
    ['for no time', { from: 5 * BIN + 7, to: 5 * BIN + 7 }, []],
    ['for no time on an edge', { from: 5 * BIN, to: 5 * BIN }, []],
    ['from before the start', { from: -BIN, to: 1 }, [0]],
    ['until the start', { from: -BIN, to: 0 }, []],
    ['until the end', { from: (BINS - 1) * BIN, to: BINS * BIN }, [BINS - 1]],
    ['beyond the end', { from: BINS * BIN - 1, to: BINS * BIN + 1 }, [BINS - 1]],
    ['from the end', { from: BINS * BIN, to: null }, []],
    ['on and on', { from: (BINS - 2) * BIN, to: null }, [BINS - 2, BINS - 1]],
  ])('counts a kernel that ran %s in the bins that it was in', async (_how, times, bins) => {
    await store(test, [kernel(alice.id, times)]);

    const statistics = await users.getMonthlyStatistics(inBlue, alice.id, { end });

    expect(busy(statistics)).toEqual(bins.map((bin) => [bin, 1, 1]));
    expect(seen(statistics)).toEqual(expected([kernel(alice.id, times)]));
  });

  it.each([
    ['backwards', { from: 5 * BIN, to: 4 * BIN }],
    ['backwards within a bin', { from: 5 * BIN + 7, to: 5 * BIN + 3 }],
  ])('counts no kernel that is said to have run %s', async (_how, times) => {
    await store(test, [kernel(alice.id, times)]);

    expect(busy(await users.getMonthlyStatistics(inBlue, alice.id, { end }))).toEqual([]);
  });

  it('counts a kernel until its last slot is freed, and each slot until it is', async () => {
    const history: Happening[] = [
      { at: BIN, what: 'scheduled' },
      { at: 2 * BIN, what: 'freed', slot: 'cpu' },
      { at: 3 * BIN, what: 'freed', slot: 'mem' },
    ];
    for (const end of [[], [{ at: 9 * BIN, what: 'ended' }]] as Happening[][]) {
      await test.dataSource.query('TRUNCATE kernels CASCADE');
      const requested = { cpu: '1', mem: '2' };
      await store(test, [kernel(alice.id, { status: 'ERROR', requested, history: [...history, ...end] })]);

      const statistics = await users.getMonthlyStatistics(inBlue, alice.id, { end: new Date(start + BINS * BIN) });
      expect(busy(statistics)).toEqual([
        [1, 1, 1],
        [2, 1, 1],
      ]);
      expect(statistics.bins.slice(1, 3).map(({ allocated }) => allocated)).toEqual([
        { cpu: '1', mem: '2' },
        { mem: '2' },
      ]);
    }
  });

  it('counts kernels of one session as one session, also where they follow each other', async () => {
    const kernels = [
      kernel(alice.id, { from: 0, to: 2 * BIN }),
      kernel(alice.id, { from: BIN, to: 3 * BIN }),
      kernel(alice.id, { from: 5 * BIN, to: 6 * BIN }),
      kernel(alice.id, { session: 2, from: 2 * BIN, to: 3 * BIN }),
    ];
    await store(test, kernels);

    expect(busy(await users.getMonthlyStatistics(inBlue, alice.id, { end }))).toEqual([
      [0, 1, 1],
      [1, 1, 2],
      [2, 2, 2],
      [5, 1, 1],
    ]);
  });

  it('adds up exactly what kernels hold, or asked for while they hold nothing', async () => {
    await store(test, [
      kernel(alice.id, { occupied: { 'cuda.shares': '0.1', mem: '9007199254740993' } }),
      kernel(alice.id, { occupied: { 'cuda.shares': '0.2', mem: '1' }, requested: { cpu: '99' } }),
      kernel(alice.id, { status: 'SCHEDULED', requested: { cpu: '1.50' } }),
    ]);

    expect((await users.getMonthlyStatistics(inBlue, alice.id, { end })).bins[0]!.allocated).toEqual({
      cpu: '1.5',
      'cuda.shares': '0.3',
      mem: '9007199254740994',
    });
  });

  it('leaves out kernels that never had a place, and those of which nobody knows when they ended', async () => {
    await store(test, [
      kernel(alice.id, { status: 'PENDING', history: [] }),
      kernel(alice.id, { status: 'CANCELLED', history: [{ at: 5, what: 'ended' }] }),
      kernel(alice.id, { status: 'TERMINATED', history: [{ at: 5, what: 'ended' }] }),
      kernel(alice.id, { status: 'TERMINATED' }),
    ]);

    expect(busy(await users.getMonthlyStatistics(inBlue, alice.id, { end }))).toEqual([]);
  });

  it('is the same wherever the server’s clock is', async () => {
    await store(test, [kernel(alice.id, { from: 3 * BIN, to: 4 * BIN })]);
    const within = await test.database.beginReadonlySession(async (dbSession) => {
      await dbSession.sql`SET LOCAL TimeZone = 'America/New_York'`;
      return users.within(dbSession).getMonthlyStatistics(inBlue, alice.id, { end });
    });

    expect(within).toEqual(await users.getMonthlyStatistics(inBlue, alice.id, { end }));
    expect(busy(within)).toEqual([[3, 1, 1]]);
  });

  it('ends now where nothing else is said', async () => {
    const [{ now }] = await test.dataSource.query<[{ now: Date }]>('SELECT now()');
    await test.dataSource.query(
      `INSERT INTO kernels (user_uuid, scheduled_at) VALUES ($1, now() - interval '5 minutes')`,
      [alice.id],
    );

    const statistics = await users.getMonthlyStatistics(inBlue, alice.id);

    expect(statistics.end.getTime()).toBeGreaterThanOrEqual(now.getTime());
    expect(busy(statistics)).toEqual([[BINS - 1, 1, 1]]);
  });

  it('counts up to now what is not over, or is to be over later, where the end lies in the future', async () => {
    // Now is in the middle of a bin.
    const later = new Date(Date.now() + 96 * BIN + BIN / 2);
    await test.dataSource.query(
      `INSERT INTO kernels (user_uuid, scheduled_at, terminated_at)
       SELECT $1, now() + k.from, now() + k.to FROM (VALUES
         (interval '-1 hour', interval '10 hours'), ('-30 minutes', NULL), ('1 hour', NULL), ('1 hour', '2 hours')
       ) k ("from", "to")`,
      [alice.id],
    );

    expect(busy(await users.getMonthlyStatistics(inBlue, alice.id, { end: later }))).toEqual([
      [BINS - 101, 1, 1],
      [BINS - 100, 1, 1],
      [BINS - 99, 2, 2],
      [BINS - 98, 2, 2],
      [BINS - 97, 2, 2],
    ]);
  });

  it('is of users of the scope alone, deleted or not', async () => {
    const ruby = await users.create(inRed, spec(red));
    const bob = await users.create(inBlue, spec(blue));
    await store(test, [kernel(alice.id), kernel(ruby.id, { session: 2 }), kernel(bob.id, { session: 3, from: BIN })]);
    await users.delete(inBlue, alice.id);

    expect(busy(await users.getMonthlyStatistics(inBlue, alice.id, { end }))[0]).toEqual([0, 1, 1]);
    for (const id of [ruby.id, nobody]) {
      await expect(users.getMonthlyStatistics(inBlue, id, { end })).rejects.toBeInstanceOf(UserNotFound);
    }
    const first = async (scope: Parameters<typeof users.getMonthlyStatisticsOfAll>[0]): Promise<unknown> =>
      busy(await users.getMonthlyStatisticsOfAll(scope, { end })).slice(0, 2);
    expect(await first(inBlue)).toEqual([
      [0, 1, 1],
      [1, 2, 2],
    ]);
    expect(await first(userScope(bob.id))).toEqual([
      [1, 1, 1],
      [2, 1, 1],
    ]);
    expect(await first(unscoped('an overview'))).toEqual([
      [0, 2, 2],
      [1, 3, 3],
    ]);
    expect((await users.getMonthlyStatisticsOfAll(userScope(nobody), { end })).bins).toHaveLength(BINS);
  });

  it.each(['2026-01-01', null, new Date(Number.NaN)])('refuses %p as its end', async (moment) => {
    const failure = Promise.resolve().then(() => users.getMonthlyStatistics(inBlue, alice.id, { end: moment as Date }));

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/end' });
  });

  it('sees the kernels of the scope’s users past row-level security, which knows not all scopes', async () => {
    await store(test, [kernel(alice.id, { from: 0, to: BIN })]);
    const visible = `current_setting('holdfast.unscoped', true) = 'on'`;
    await test.dataSource.query(`
      CREATE ROLE holdfast_statistics_test;
      GRANT SELECT ON ALL TABLES IN SCHEMA public TO holdfast_statistics_test;
      CREATE POLICY holdfast_scope ON kernels USING (${visible});
      ALTER TABLE kernels ENABLE ROW LEVEL SECURITY`);
    try {
      const statistics = await test.database.beginReadonlySession(async (dbSession) => {
        await dbSession.sql`SET LOCAL ROLE holdfast_statistics_test`;
        const statistics = await users.within(dbSession).getMonthlyStatistics(userScope(alice.id), alice.id, { end });
        expect(await dbSession.sql`SELECT FROM kernels`).toEqual([]);
        return statistics;
      });
      expect(busy(statistics)).toEqual([[0, 1, 1]]);
    } finally {
      await test.dataSource.query(`
        ALTER TABLE kernels DISABLE ROW LEVEL SECURITY;
        DROP POLICY holdfast_scope ON kernels;
        DROP OWNED BY holdfast_statistics_test; DROP ROLE holdfast_statistics_test`);
    }
  });

  it('is what counting each kernel in each bin comes to', async () => {
    const slots = fc.dictionary(
      fc.constantFrom('cpu', 'mem', 'cuda.shares'),
      fc.constantFrom('0', '1', '0.25', '1.5', '12345678901234567890'),
      { maxKeys: 3, noNullPrototype: true },
    );
    // Near edges, of bins and of the month, more often than not.
    const moment = fc
      .tuple(fc.integer({ min: -3, max: BINS + 3 }), fc.constantFrom(0, 0, 1, -1, 450_000))
      .map(([bin, more]) => bin * BIN + more);
    const lives = fc
      .record({
        session: fc.integer({ min: 1, max: 4 }),
        how: fc.constantFrom('waits', 'cancelled', 'runs', 'fails', 'fails', 'ends', 'ends', 'freed-and-ends'),
        moments: fc.array(moment, { minLength: 5, maxLength: 5 }),
        requested: slots,
        occupied: slots,
      })
      .map(({ session, how, moments, requested, occupied }): Omit<Kernel, 'user'> => {
        const [scheduled, ...later] = [...moments].sort((a, b) => a - b) as [number, ...number[]];
        const names = slotsOf({ requested, occupied } as Kernel);
        const [placed, ended] = [
          { at: scheduled, what: 'scheduled' },
          { at: later.at(-1)!, what: 'ended' },
        ] as const;
        const freed = names
          .map((slot, i): Happening => ({ at: later[i % 3]!, what: 'freed', slot }))
          .sort((a, b) => a.at - b.at);
        const [status, history] = (
          {
            waits: ['PENDING', []],
            cancelled: ['CANCELLED', [ended]],
            runs: ['RUNNING', [placed]],
            fails: ['ERROR', [placed, ...freed]],
            ends: ['TERMINATED', [placed, ended]],
            'freed-and-ends': ['CANCELLED', [placed, ...freed, ended]],
          } as const
        )[how as 'waits'];
        return { session, status, history, requested, occupied };
      });
    const kernels = fc.array(lives, { maxLength: 25 });
    await fc.assert(
      fc.asyncProperty(kernels, async (given) => {
        const all = given.map((one) => ({ ...one, user: alice.id }));
        await test.dataSource.query('TRUNCATE kernels CASCADE');
        await store(test, all);

        expect(seen(await users.getMonthlyStatistics(inBlue, alice.id, { end }))).toEqual(expected(all));
      }),
      { numRuns: 15 },
    );
  });
});
