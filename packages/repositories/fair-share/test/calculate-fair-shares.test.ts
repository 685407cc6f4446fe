import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { fairShareIdOf, fairShareSpec, type FairShareSpecValues } from '../src/index.js';
import { defaults, group, inNorth, inSouth, north, project, south, user } from './fixture/fair-shares.js';
import { kernel, type UsageDatabase, usageDatabase } from './fixture/usage-database.js';

const day = (n: number): Date => new Date(Date.UTC(2026, 0, n));
const capacity = resourceSlot({ cpu: 4 });
const calculation = (
  n: number,
  spec: FairShareSpecValues = {},
): Parameters<UsageDatabase['usage']['calculateFairShares']>[1] => ({
  spec: fairShareSpec({ lookbackDays: 1, ...spec }),
  capacity,
  calculatedAt: day(n),
});
const key = (values: object = {}): { resourceGroupName: typeof group; domainName: typeof north } => ({
  resourceGroupName: group,
  domainName: north,
  ...values,
});
const ofUser = (n: number, p = 1): ReturnType<typeof key> => key({ projectId: project(p), userUuid: user(n) });

describe('calculateFairShares', () => {
  let test: UsageDatabase;
  beforeAll(async () => {
    test = await usageDatabase();
  });
  afterAll(() => test.close());
  afterEach(() => test.empty());

  /** Kernels that take all there is on the tenth of January. */
  async function useAll(...users: readonly { readonly n: number; readonly of?: object }[]): Promise<void> {
    const kernels = users.map(({ n, of = {} }) => kernel(n, { userUuid: user(n), terminatedAt: day(11), ...of }));
    await test.usage.recordObservation({ observedAt: day(11), kernels });
  }

  it('stores the factors of all who used something, and the ranks of users', async () => {
    await useAll({ n: 1 }, { n: 2, of: { occupiedSlots: resourceSlot({ cpu: 2 }) } });
    await test.usage.calculateFairShares(group, calculation(10));
    const first = await test.shares.get(inNorth, fairShareIdOf(ofUser(1)));
    expect(first).toMatchObject({
      level: 'user',
      fairShareFactor: '0.5',
      normalizedUsage: '1',
      totalDecayedUsage: { cpu: '345600' },
      schedulingRank: 2,
      lookbackStart: '2026-01-10',
      lookbackEnd: '2026-01-10',
      weight: null,
    });
    expect(first.lastCalculatedAt?.getTime()).toBe(day(10).getTime());
    expect(await test.shares.get(inNorth, fairShareIdOf(ofUser(2)))).toMatchObject({ schedulingRank: 1 });
    expect(await test.shares.get(inNorth, fairShareIdOf(key()))).toMatchObject({
      level: 'domain',
      normalizedUsage: '1.5',
      schedulingRank: null,
    });
  });

  it('keeps the shares of a user in several projects apart', async () => {
    await useAll({ n: 1 }, { n: 2, of: { userUuid: user(1), projectId: project(2), terminatedAt: day(10) } });
    await test.usage.calculateFairShares(group, calculation(10));
    const factorOf = async (p: number): Promise<string> =>
      (await test.shares.getEffective(inNorth, ofUser(1, p) as never, defaults)).fairShareFactor;
    expect(await factorOf(1)).toBe('0.5');
    expect(await factorOf(2)).toBe('1');
  });

  it('goes by weights, of their own and of the group, and leaves them as they are', async () => {
    await useAll({ n: 1 }, { n: 2 });
    await test.shares.upsert(inNorth, { ...ofUser(1), weight: 2 });
    await test.usage.calculateFairShares(group, calculation(10, { defaultWeight: '0.5' }));
    const shares = await test.shares.loadMany(inNorth, [ofUser(1), ofUser(2)].map(fairShareIdOf));
    expect(shares.map((share) => [share?.weight, share?.fairShareFactor, share?.schedulingRank])).toEqual([
      ['2', '0.707106781186547524', 1],
      [null, '0.25', 2],
    ]);
  });

  it('lets whoever is idle get back to 1, day by day and beyond the lookback', async () => {
    await useAll({ n: 1 });
    const factors: string[] = [];
    for (const n of [10, 11, 12, 13]) {
      await test.usage.calculateFairShares(group, calculation(n, { lookbackDays: 3, halfLifeDays: 1 }));
      factors.push((await test.shares.get(inNorth, fairShareIdOf(ofUser(1)))).normalizedUsage);
    }
    expect(factors.map(Number)).toEqual([1 / 3, 1 / 6, 1 / 12, 0].map((one) => expect.closeTo(one, 15)));
    expect((await test.shares.get(inNorth, fairShareIdOf(ofUser(1)))).fairShareFactor).toBe('1');
  });

  it('does not put an earlier calculation in the place of a later one', async () => {
    await useAll({ n: 1 });
    for (const n of [10, 12, 11]) await test.usage.calculateFairShares(group, calculation(n));
    expect(await test.shares.get(inNorth, fairShareIdOf(ofUser(1)))).toMatchObject({
      fairShareFactor: '1',
      lookbackEnd: '2026-01-12',
    });
  });

  it('comes to the same when several calculate at once, while weights are set', async () => {
    await useAll({ n: 1 }, { n: 2 }, { n: 3 });
    for (let round = 1; round <= 20; round++) {
      await Promise.all([
        test.usage.calculateFairShares(group, calculation(10)),
        test.usage.calculateFairShares(group, calculation(10)),
        test.shares.upsert(inNorth, { ...ofUser(2), weight: round }),
      ]);
      const share = await test.shares.get(inNorth, fairShareIdOf(ofUser(2)));
      expect([share.weight, share.normalizedUsage]).toEqual([String(round), '1']);
    }
  });

  it('leaves other resource groups alone', async () => {
    await useAll({ n: 1 });
    expect(await test.usage.calculateFairShares('other' as typeof group, calculation(10))).toEqual([]);
    expect(await test.shares.find(inNorth, fairShareIdOf(ofUser(1)))).toBeNull();
  });

  it('counts the weights of a deleted record no longer, and calculates on', async () => {
    await useAll({ n: 1 });
    const { id } = await test.shares.create(inNorth, { ...ofUser(1), weight: 2 });
    await test.shares.delete(inNorth, id);
    await test.usage.calculateFairShares(group, calculation(10));
    expect(await test.shares.getEffective(inNorth, ofUser(1) as never, defaults)).toMatchObject({
      weight: '1',
      fairShareFactor: '0.5',
      useDefault: true,
    });
  });

  it('refuses what would divide by nothing, and stores nothing', async () => {
    await useAll({ n: 1 });
    const spec = { ...fairShareSpec(), halfLifeDays: 0 };
    await expect(test.usage.calculateFairShares(group, { ...calculation(10), spec })).rejects.toMatchObject({
      pointer: '/halfLifeDays',
    });
    expect(await test.shares.find(inNorth, fairShareIdOf(ofUser(1)))).toBeNull();
  });
});

describe('listEffective', () => {
  let test: UsageDatabase;
  beforeAll(async () => {
    test = await usageDatabase();
  });
  afterAll(() => test.close());

  it('shows who has no record with the defaults, in the order given', async () => {
    await test.shares.create(inNorth, {
      ...key({ projectId: project(2) }),
      weight: '3',
      resourceWeights: resourceSlot({ cpu: 2 }),
    });
    const keys = [key(), key({ projectId: project(2) }), ofUser(1, 2)];
    const context = {
      spec: fairShareSpec({ defaultWeight: '1.5', resourceWeights: resourceSlot({ mem: '0.5' }) }),
      capacity: resourceSlot({ cpu: 1, mem: 1, tpu: 1 }),
    };
    const shares = await test.shares.listEffective(inNorth, keys, context);
    const byDefault = {
      weight: '1.5',
      resourceWeights: { cpu: '1', mem: '0.5', tpu: '1' },
      usesDefaultResources: ['cpu', 'mem', 'tpu'],
      fairShareFactor: '1',
      normalizedUsage: '0',
      schedulingRank: null,
      useDefault: true,
    };
    expect(shares).toMatchObject([
      { level: 'domain', ...byDefault },
      {
        level: 'project',
        weight: '3',
        resourceWeights: { cpu: '2', mem: '0.5', tpu: '1' },
        usesDefaultResources: ['mem', 'tpu'],
        useDefault: false,
      },
      { level: 'user', ...byDefault },
    ]);
    expect(await test.shares.getEffective(inSouth, keys[1]!, context)).toMatchObject(byDefault);
  });

  it('refuses a user without a project, and a key of another tenant is no row of mine', async () => {
    const noProject = { resourceGroupName: group, domainName: north, userUuid: user(1) };
    await expect(test.shares.getEffective(inNorth, noProject, defaults)).rejects.toMatchObject({
      pointer: '/0/projectId',
    });
    await expect(test.shares.create(inNorth, noProject)).rejects.toMatchObject({ pointer: '/projectId' });
    await expect(test.shares.create(inNorth, { resourceGroupName: group, domainName: south })).rejects.toThrow();
  });
});
