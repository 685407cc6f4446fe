import pg from 'pg';
import { BulkProcess } from '../bulk/bulk-process.js';
import { JobTable } from '../bulk/job-table.js';
import type { MemoryUse } from '../bulk/peak-memory.js';
import { seededOrder } from '../resilience/seeded-order.js';
import { spread } from '../spread.js';
import { COPY_WAYS, type CopyWay } from './copy-way.js';
import { serverCpuMicros } from './server-cpu.js';

/** Rows that a slice has at least: calls of fewer are made several times. */
const SLICE = 5_000;
/** Slices of each way that are not measured. */
const WARM_UPS = 8;

/** The rows of a call, and how many rounds they are measured in. */
export interface CopySize {
  readonly rows: number;
  readonly rounds: number;
}

/** What is measured of a slice: time, CPU time in Node and CPU time in PostgreSQL. */
export const FIGURES = ['wallMicros', 'cpuMicros', 'serverMicros'] as const;

type Times = Readonly<Record<(typeof FIGURES)[number], number>>;

/** One way with calls of one size. */
export interface CopyPoint {
  readonly way: string;
  readonly rows: number;
  /** Medians, of a row; NaN where the system does not say it. */
  readonly perRow: Times;
  /** To the same in statements, within a round; null for these. */
  readonly ratios: Times | null;
}

/** Of one call of the largest size. */
export interface CopyMemory extends MemoryUse {
  readonly way: string;
}

export interface CopyComparison {
  readonly points: readonly CopyPoint[];
  readonly memories: readonly CopyMemory[];
}

/** Stores rows in all ways, by so many in a call: slices of all ways in turn, an order of its own in each round. */
export async function compareCopies(url: string, sizes: readonly CopySize[]): Promise<CopyComparison> {
  const table = await JobTable.create(url, SLICE);
  const client = new pg.Client(url);
  await client.connect();
  try {
    const points = await inProcesses(url, (processes) => timeAll(client, table, processes, sizes));
    const largest = sizes.at(-1)!.rows;
    const memories: CopyMemory[] = [];
    for (const { name } of COPY_WAYS) {
      await table.prepare('create', 0);
      const process = await BulkProcess.start(name, url);
      memories.push({ way: name, ...(await process.memory('create', largest).finally(() => process.stop())) });
    }
    return { points, memories };
  } finally {
    await client.end();
    await table.close();
  }
}

type Processes = ReadonlyMap<string, BulkProcess>;

async function inProcesses<Result>(url: string, use: (processes: Processes) => Promise<Result>): Promise<Result> {
  const processes = new Map<string, BulkProcess>();
  try {
    for (const { name } of COPY_WAYS) processes.set(name, await BulkProcess.start(name, url));
    return await use(processes);
  } finally {
    await Promise.all([...processes.values()].map((process) => process.stop()));
  }
}

async function timeAll(
  client: pg.Client,
  table: JobTable,
  processes: Processes,
  sizes: readonly CopySize[],
): Promise<readonly CopyPoint[]> {
  const time = async ({ name }: CopyWay, rows: number): Promise<Times> => {
    await table.prepare('create', 0);
    const before = await serverCpuMicros(client);
    const { wallMicros, cpuMicros } = await processes.get(name)!.time('create', sliceOf(rows), rows);
    const after = await serverCpuMicros(client);
    return { wallMicros, cpuMicros, serverMicros: before === null || after === null ? Number.NaN : after - before };
  };
  for (const way of COPY_WAYS) {
    for (let done = 0; done < WARM_UPS; done++) await time(way, SLICE);
    await table.check('create');
  }
  const shuffled = seededOrder(1);
  const rounds = new Map<number, ReadonlyMap<string, Times>[]>(sizes.map(({ rows }) => [rows, []]));
  for (let round = 0; sizes.some((size) => size.rounds > round); round++) {
    for (const { rows } of shuffled(sizes.filter((size) => size.rounds > round))) {
      const times = new Map<string, Times>();
      for (const way of shuffled(waysOf(rows))) times.set(way.name, await time(way, rows));
      rounds.get(rows)!.push(times);
    }
  }
  return sizes.flatMap(({ rows }) => waysOf(rows).map((way) => pointOf(way, rows, rounds.get(rows)!)));
}

const waysOf = (rows: number): readonly CopyWay[] => COPY_WAYS.filter(({ fewest }) => rows >= fewest);

/** As many rows as whole calls have. */
function sliceOf(rows: number): number {
  return Math.ceil(SLICE / rows) * rows;
}

function pointOf({ name, statements }: CopyWay, rows: number, times: readonly ReadonlyMap<string, Times>[]): CopyPoint {
  const medians = (of: (round: ReadonlyMap<string, Times>, figure: keyof Times) => number): Times =>
    Object.fromEntries(
      FIGURES.map((figure) => [figure, spread(times.map((round) => of(round, figure))).median]),
    ) as Times;
  return {
    way: name,
    rows,
    perRow: medians((round, figure) => round.get(name)![figure] / sliceOf(rows)),
    ratios:
      statements === null
        ? null
        : medians((round, figure) => round.get(name)![figure] / round.get(statements)![figure]),
  };
}
