import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { batchQuerier } from '@holdfast/querier';
import { domainUsageScope, type UsageBucketRow } from '../src/index.js';
import { group, north, project, south, user, uuid } from './fixture/fair-shares.js';
import { kernel, type UsageDatabase, usageDatabase } from './fixture/usage-database.js';

const at = (time: string): Date => new Date(`2026-01-${time}Z`);

describe('recordObservation', () => {
  let test: UsageDatabase;
  beforeAll(async () => {
    test = await usageDatabase();
  });
  afterAll(() => test.close());
  afterEach(() => test.empty());

  it('records whole slices of a kernel that runs, and adds them to the day of its user, project and domain', async () => {
    const result = await test.usage.recordObservation({ observedAt: at('10T00:14:00'), kernels: [kernel(7)] });
    expect(result).toEqual({ recorded: 2 });
    expect(await test.buckets()).toEqual([
      'domain north 2026-01-10 cpu 2400',
      `project ${uuid(1)} 2026-01-10 cpu 2400`,
      `user ${uuid(1)} 2026-01-10 cpu 2400`,
    ]);
  });

  it('changes nothing when the same period is observed again', async () => {
    const observation = { observedAt: at('10T00:14:00'), kernels: [kernel(7), kernel(8)] };
    await test.usage.recordObservation(observation);
    const before = await test.buckets();
    expect(await test.usage.recordObservation(observation)).toEqual({ recorded: 0 });
    expect(await test.usage.recordObservation({ ...observation, observedAt: at('10T00:04:00') })).toEqual({
      recorded: 0,
    });
    expect(await test.buckets()).toEqual(before);
    expect(await test.records()).toBe(4);
  });

  it('goes on where it was, up to where a kernel ended', async () => {
    await test.usage.recordObservation({ observedAt: at('10T00:12:00'), kernels: [kernel(7)] });
    const ended = kernel(7, { terminatedAt: at('10T00:12:30') });
    await test.usage.recordObservation({ observedAt: at('10T00:20:00'), kernels: [ended] });
    await test.usage.recordObservation({ observedAt: at('11T00:00:00'), kernels: [ended] });
    expect((await test.buckets())[0]).toBe('domain north 2026-01-10 cpu 3000');
    expect(await test.records()).toBe(3);
  });

  it('splits what crosses midnight', async () => {
    const late = kernel(7, { startedAt: at('10T23:58:00'), terminatedAt: at('11T00:01:00') });
    await test.usage.recordObservation({ observedAt: at('11T00:02:00'), kernels: [late] });
    expect((await test.buckets()).filter((text) => text.startsWith('user'))).toEqual([
      `user ${uuid(1)} 2026-01-10 cpu 480`,
      `user ${uuid(1)} 2026-01-11 cpu 240`,
    ]);
  });

  it('counts a slice once when several observe it at the same time', async () => {
    const kernels = [1, 2, 3, 4, 5].map((n) => kernel(n, { userUuid: user(n % 2), projectId: project(n % 3) }));
    for (let round = 1; round <= 30; round++) {
      const observedAt = at(`10T${String(Math.floor(round / 2)).padStart(2, '0')}:${round % 2 === 0 ? '00' : '30'}:00`);
      const results = await Promise.all([
        test.usage.recordObservation({ observedAt, kernels }),
        test.usage.recordObservation({ observedAt, kernels: [...kernels].reverse() }),
        test.usage.recordObservation({ observedAt, kernels: kernels.slice(2) }),
      ]);
      expect(results.reduce((sum, { recorded }) => sum + recorded, 0)).toBe(5 * 6);
      expect((await test.buckets())[0]).toBe(`domain north 2026-01-10 cpu ${5 * 4 * 1800 * round}`);
      expect(await test.records()).toBe(5 * 6 * round);
    }
  });

  it('leaves nothing behind when a part of it fails', async () => {
    await test.dataSource.query(
      `ALTER TABLE usage_bucket_entries ADD CONSTRAINT no_gpus CHECK (slot_name <> 'cuda.device')`,
    );
    const kernels = [kernel(7), kernel(8, { occupiedSlots: resourceSlot({ 'cuda.device': 1 }) })];
    const observation = { observedAt: at('10T00:10:00'), kernels };
    await expect(test.usage.recordObservation(observation)).rejects.toThrow();
    expect(await test.buckets()).toEqual([]);
    expect(await test.records()).toBe(0);
    await test.dataSource.query('ALTER TABLE usage_bucket_entries DROP CONSTRAINT no_gpus');
  });

  it('refuses what is no observation, and points at it', async () => {
    const observedAt = at('10T00:10:00');
    const refused = async (observation: object, pointer: string): Promise<void> => {
      await expect(test.usage.recordObservation(observation as never)).rejects.toMatchObject({ pointer });
    };
    await refused({ observedAt, kernels: 'all' }, '/kernels');
    await refused({ observedAt: new Date(Number.NaN), kernels: [] }, '/observedAt');
    await refused({ observedAt, kernels: [kernel(1, { kernelId: 'x' as never })] }, '/kernels/0/kernelId');
    await refused(
      { observedAt, kernels: [kernel(1), kernel(2, { terminatedAt: at('09T00:00:00') })] },
      '/kernels/1/terminatedAt',
    );
  });

  it('tells what was used from one day to another, and nothing to others', async () => {
    const kernels = [kernel(7, { occupiedSlots: resourceSlot({ cpu: '0.1', mem: 2 ** 40 }) })];
    await test.usage.recordObservation({ observedAt: at('12T00:00:00'), kernels });
    const key = { resourceGroupName: group, domainName: north, projectId: project(1) };
    const used = (domain: typeof north, from: string, to: string): Promise<object> =>
      test.usage.getAggregatedUsage(domainUsageScope(domain), key, from, to);
    expect(await used(north, '2026-01-10', '2026-01-11')).toEqual({ cpu: '17280', mem: String(2 ** 40 * 172_800) });
    expect(await used(north, '2026-01-11', '2026-02-01')).toEqual({ cpu: '8640', mem: String(2 ** 40 * 86_400) });
    expect(await used(north, '2026-02-01', '2026-02-01')).toEqual({});
    expect(await used(south, '2026-01-10', '2026-01-11')).toEqual({});
    await expect(used(north, '2026-02-30', '2026-03-01')).rejects.toMatchObject({ pointer: '/from' });
    const querier = batchQuerier<UsageBucketRow>({ pagination: { first: 5 }, total: 'exact' });
    const page = await test.usage.searchUsageBuckets(domainUsageScope(north), querier);
    expect(page.total).toEqual({ value: 12, exact: true });
    expect((await test.usage.searchUsageBuckets(domainUsageScope(south), querier)).items).toEqual([]);
  });
});
