import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { domainName, type KernelId, resourceSlot } from '@holdfast/domain-types';
import { fairShareSpec, type ObservedKernel } from '../src/index.js';
import { expectNaive } from './fixture/expect-naive.js';
import { group, project, user, uuid } from './fixture/fair-shares.js';
import { naiveFairShares } from './fixture/naive-fair-shares.js';
import { type UsageDatabase, usageDatabase } from './fixture/usage-database.js';

const folder = process.env['HOLDFAST_OPENB_DIR'] ?? path.resolve(__dirname, '../../../../../shared/data/openb');
const pods = path.join(folder, 'openb_pod_list_default.csv');
const nodes = path.join(folder, 'openb_node_list_all_node.csv');
const isThere = existsSync(pods) && existsSync(nodes);
if (!isThere) console.warn(`Left out: the openb trace is not in ${folder}; HOLDFAST_OPENB_DIR says where it is.`);

/** Of the last days of the trace, which are its busiest; all of it is more slices than a test has time for. */
const LOOKBACK_DAYS = 2;
const epoch = Date.parse('2023-01-01T00:00:00Z');
const GIB = 1_073_741_824;

function table(file: string): readonly (readonly string[])[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => line.trim().split(','));
}

/** The pods that were scheduled, as kernels: the qualities of service are projects, of four users each. */
function kernelsOf(rows: readonly (readonly string[])[], from: number): readonly ObservedKernel[] {
  const qualities = [...new Set(rows.map((row) => row[6]!))].sort();
  return rows.flatMap((row, n): readonly ObservedKernel[] => {
    const [, cpuMilli, memoryMib, gpus, gpuMilli, , qos, , , deleted, scheduled] = row;
    if (scheduled === '' || Number(deleted) <= from) return [];
    const milli = (text: string): string => (Number(text) / 1_000).toFixed(3);
    return [
      {
        kernelId: uuid(n) as KernelId,
        resourceGroupName: group,
        domainName: domainName('openb'),
        projectId: project(qualities.indexOf(qos!)),
        userUuid: user(n % 4),
        occupiedSlots: resourceSlot({
          cpu: milli(cpuMilli!),
          mem: String((Number(memoryMib) * GIB) / 1_024),
          'cuda.shares': milli(String(Number(gpus) * Number(gpuMilli))),
        }),
        startedAt: new Date(epoch + Math.max(Number(scheduled), from) * 1_000),
        terminatedAt: new Date(epoch + Number(deleted) * 1_000),
      },
    ];
  });
}

(isThere ? describe : describe.skip)('fair shares over the openb trace', () => {
  let test: UsageDatabase;
  beforeAll(async () => {
    test = await usageDatabase();
  });
  afterAll(() => test.close());

  it('are those of a naive loop over its pods, to twelve digits', async () => {
    // Given
    const rows = table(pods);
    // Some pods still run: the last hour of the trace is not over yet.
    const end = Math.max(...rows.map((row) => Number(row[9]))) - 3_600;
    const kernels = kernelsOf(rows, (Math.floor(end / 86_400) - LOOKBACK_DAYS + 1) * 86_400);
    const observedAt = new Date(epoch + end * 1_000);
    const capacity = { cpu: 0, mem: 0, 'cuda.shares': 0 };
    for (const [, cpuMilli, memoryMib, gpus] of table(nodes)) {
      capacity.cpu += Number(cpuMilli) / 1_000;
      capacity.mem += (Number(memoryMib) * GIB) / 1_024;
      capacity['cuda.shares'] += Number(gpus);
    }
    const spec = fairShareSpec({ lookbackDays: LOOKBACK_DAYS, resourceWeights: resourceSlot({ mem: '0.5' }) });
    const has = resourceSlot(capacity);

    // When
    const { recorded } = await test.usage.recordObservation({ observedAt, kernels });
    const shares = await test.usage.calculateFairShares(group, { spec, capacity: has, calculatedAt: observedAt });

    // Then
    expect(recorded).toBeGreaterThan(10_000);
    expect(shares.length).toBeGreaterThan(10);
    expectNaive(shares, naiveFairShares(kernels, observedAt, spec, has));

    // And nobody has used more for its being seen again.
    expect(await test.usage.recordObservation({ observedAt, kernels })).toEqual({ recorded: 0 });
    expect(await test.usage.calculateFairShares(group, { spec, capacity: has, calculatedAt: observedAt })).toEqual(
      shares,
    );
  });
});
