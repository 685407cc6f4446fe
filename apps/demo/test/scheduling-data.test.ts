import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openbTenants } from '../src/tenants/openb-tenants.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';

// What a scheduler is told is computed here once more, from the lines of the trace alone.

const folder = process.env['HOLDFAST_OPENB_DIR'] ?? path.resolve(__dirname, '../../../../shared/data/openb');
const openb = {
  pods: path.join(folder, 'openb_pod_list_default.csv'),
  nodes: path.join(folder, 'openb_node_list_all_node.csv'),
};
const hasOpenb = existsSync(openb.pods) && existsSync(openb.nodes);
if (!hasOpenb) console.warn(`Left out: the openb trace is not in ${folder}; HOLDFAST_OPENB_DIR says where it is.`);

const BEGINNING = Date.UTC(2023, 0, 1);
const priorities: Readonly<Record<string, number>> = { LS: 30, BE: 10, Burstable: 20, Guaranteed: 40 };

type Line = Readonly<Record<string, string>>;
type Amounts = Record<string, bigint>;

async function linesOf(file: string): Promise<readonly Line[]> {
  const [header, ...lines] = (await readFile(file, 'utf8')).trim().split('\n');
  const names = header!.trim().split(',');
  return lines.map((line) =>
    Object.fromEntries(
      line
        .trim()
        .split(',')
        .map((value, i) => [names[i]!, value]),
    ),
  );
}

/** A whole number of thousandths, in shortest decimal form. */
function decimal(thousandths: bigint): string {
  const whole = thousandths / 1_000n;
  const part = (thousandths % 1_000n).toString().padStart(3, '0').replace(/0+$/, '');
  return part === '' ? `${whole}` : `${whole}.${part}`;
}

const amountsOf = (cpuMilli: string, memoryMib: string, gpuMilli: bigint): Amounts => ({
  cpu: BigInt(cpuMilli),
  mem: BigInt(memoryMib) * 1_048_576_000n,
  ...(gpuMilli > 0n && { 'cuda.shares': gpuMilli }),
});
const wantedBy = (pod: Line): Amounts =>
  amountsOf(pod['cpu_milli']!, pod['memory_mib']!, BigInt(pod['num_gpu']!) * BigInt(pod['gpu_milli']!));
const slots = (amounts: Amounts): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(amounts).map(([name, amount]) => [name, decimal(amount)]));

interface Expected {
  readonly agents: readonly object[];
  readonly waiting: readonly object[];
}

/** What a scheduler of one group is to be told. */
function expected(pods: readonly Line[], nodes: readonly Line[], hasGpus: boolean): Expected {
  const agents = nodes
    .filter((node) => (node['gpu'] !== '0') === hasGpus)
    .map((node) => ({
      id: node['sn']!,
      model: node['model']!,
      available: amountsOf(node['cpu_milli']!, node['memory_mib']!, BigInt(node['gpu']!) * 1_000n),
      occupied: {} as Amounts,
    }));
  const own = pods.filter((pod) => (pod['num_gpu'] !== '0') === hasGpus);
  for (const pod of own.filter(({ pod_phase: phase }) => phase === 'Running')) {
    const wanted = Object.entries(wantedBy(pod));
    const models = pod['gpu_spec'] === '' ? null : pod['gpu_spec']!.split('|');
    const agent = agents.find(
      ({ model, available, occupied }) =>
        (models === null || models.includes(model)) &&
        wanted.every(([name, amount]) => (occupied[name] ?? 0n) + amount <= (available[name] ?? 0n)),
    );
    for (const [name, amount] of wanted) if (agent) agent.occupied[name] = (agent.occupied[name] ?? 0n) + amount;
  }
  return {
    agents: agents
      .map(({ id, available, occupied }) => {
        const free = Object.fromEntries(
          Object.entries(available).map(([name, amount]) => [name, amount - (occupied[name] ?? 0n)]),
        );
        return { id, availableSlots: slots(available), occupiedSlots: slots(occupied), freeSlots: slots(free) };
      })
      .sort((a, b) => (a.id < b.id ? -1 : 1)),
    waiting: sorted(
      own
        .filter(({ pod_phase: phase }) => phase === 'Pending')
        .map((pod) => ({
          priority: priorities[pod['qos']!]!,
          createdAt: new Date(BEGINNING + Number(pod['creation_time']) * 1_000).toISOString(),
          requestedSlots: slots(wantedBy(pod)),
        })),
    ),
  };
}

/** Highest priority first, then the oldest; those of one moment in whichever order. */
function sorted<Waiting extends { readonly priority: number; readonly createdAt: string }>(
  waiting: readonly Waiting[],
): readonly Waiting[] {
  const keyOf = (one: Waiting): string => `${99 - one.priority} ${one.createdAt} ${JSON.stringify(one)}`;
  return [...waiting].sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
}

/** A trace of the same columns, the same at each run. */
async function generatedTrace(into: string): Promise<typeof openb> {
  let state = 7;
  const below = (limit: number): number => (state = (state * 48_271) % 2_147_483_647) % limit;
  const oneOf = <Item>(items: readonly Item[]): Item => items[below(items.length)]!;
  const nodes = Array.from({ length: 60 }, (_, i) => {
    const gpu = oneOf([0, 2, 8]);
    return `node-${i},${oneOf([32_000, 96_000])},${oneOf([131_072, 393_216])},${gpu},${gpu === 0 ? '' : oneOf(['T4', 'V100'])}`;
  });
  const pods = Array.from({ length: 1_500 }, (_, i) => {
    const gpu = oneOf([0, 1, 1, 2]);
    const share = gpu === 1 ? oneOf([100, 333, 460, 1_000]) : 1_000;
    const created = below(9_000);
    const phase = oneOf(['Running', 'Running', 'Pending', 'Failed', 'Succeeded']);
    const scheduled = phase === 'Pending' ? '' : created + below(100);
    const spec = gpu === 0 ? '' : oneOf(['', '', 'T4', 'T4|V100']);
    const qos = oneOf(['LS', 'BE', 'Burstable', 'Guaranteed']);
    return `pod-${i},${1 + below(12_000)},${1 + below(32_768)},${gpu},${share},${spec},${qos},${phase},${created},${created + 500},${scheduled}`;
  });
  const files = { pods: path.join(into, 'pods.csv'), nodes: path.join(into, 'nodes.csv') };
  await writeFile(files.nodes, ['sn,cpu_milli,memory_mib,gpu,model', ...nodes].join('\n'));
  const header = 'name,cpu_milli,memory_mib,num_gpu,gpu_milli,gpu_spec,qos,pod_phase,creation_time,deletion_time';
  await writeFile(files.pods, [`${header},scheduled_time`, ...pods].join('\n'));
  return files;
}

describe.each(hasOpenb ? ['a generated trace', 'the openb trace'] : ['a generated trace'])('%s, imported', (name) => {
  let directory: string;
  let database: ScratchDatabase;
  let demo: RunningDemo;
  let files: typeof openb;

  beforeAll(async () => {
    directory = await mkdtemp(path.join(tmpdir(), 'holdfast-trace-'));
    files = name === 'the openb trace' ? openb : await generatedTrace(directory);
    database = await scratchDatabase();
    demo = await runDemo({ databaseUrl: database.url, trace: files });
  });
  afterAll(async () => {
    await demo.stop();
    await database.drop();
    await rm(directory, { recursive: true });
  });

  it.each([
    ['openb-gpu', true],
    ['openb-cpu', false],
  ])('tells a scheduler of %s what its lines say', async (group, hasGpus) => {
    const { agents, waiting } = expected(await linesOf(files.pods), await linesOf(files.nodes), hasGpus);

    const { status, body } = await demo.call(openbTenants.superadminKey, `/schedule/${group}`);
    const told = body as {
      agents: Record<string, unknown>[];
      pendingSessions: { priority: number; createdAt: string; requestedSlots: object }[];
    };

    expect(status).toBe(200);
    expect(
      told.agents.map(({ id, availableSlots, occupiedSlots, freeSlots }) => ({
        id,
        availableSlots,
        occupiedSlots,
        freeSlots,
      })),
    ).toEqual(agents);
    const pending = told.pendingSessions.map(({ priority, createdAt, requestedSlots }) => ({
      priority,
      createdAt,
      requestedSlots,
    }));
    expect(sorted(pending)).toEqual(waiting);
    const order = pending.map(({ priority, createdAt }) => `${99 - priority} ${createdAt}`);
    expect(order).toEqual([...order].sort());
  });

  it('has a kernel and its allocations for each pod', async () => {
    const pods = await linesOf(files.pods);
    const slotCount = pods.reduce((sum, pod) => sum + (pod['num_gpu'] === '0' ? 2 : 3), 0);

    const [counts] = await database.query(`
      SELECT (SELECT count(*)::int FROM sessions) AS sessions, (SELECT count(*)::int FROM kernels) AS kernels,
             (SELECT count(*)::int FROM resource_allocations) AS allocations`);
    expect(counts).toEqual({ sessions: pods.length, kernels: pods.length, allocations: slotCount });
  });
});
