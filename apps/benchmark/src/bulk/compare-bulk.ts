import { type Spread, spread } from '../spread.js';
import { bulkContenders, REFERENCE } from './bulk-contenders.js';
import { BulkProcess, type BulkTime } from './bulk-process.js';
import type { BulkTask } from './bulk-task.js';
import type { JobTable } from './job-table.js';
import type { MemoryUse } from './peak-memory.js';

/** Rows of one call, and of each of many. */
export const LARGE = 100_000;
export const SMALL = 1_000;
const WARM_UP = 10_000;

/** One contender's way with one task: medians over the rounds, ratios within a round. */
export interface BulkMeasurement {
  readonly task: BulkTask;
  readonly contender: string;
  /** Of calls of 1,000 rows. */
  readonly wallMicrosPerRow: number;
  readonly cpuMicrosPerRow: number;
  /** One call of 100,000 rows, as a ratio to 100 calls of 1,000. */
  readonly wallRatio: Spread;
  readonly cpuRatio: Spread;
  /** CPU time of one call of 100,000 rows, as a ratio to that of pg in the first round. */
  readonly cpuRatioToPg: number;
  /** Of one call of 100,000 rows. */
  readonly memory: MemoryUse;
}

/** Times of a round: of one call, and of many. */
interface Times {
  readonly large: BulkTime;
  readonly small: BulkTime;
}

/** Compares a bulk task: 100 calls of 1,000 rows with one of 100,000, in turn, and watches the memory of the latter. */
export async function compareBulk(
  url: string,
  table: JobTable,
  task: BulkTask,
  rounds: number,
): Promise<readonly BulkMeasurement[]> {
  const names = Object.keys(bulkContenders);
  const times = new Map<string, readonly Times[]>();
  // pg is the reference in the first round alone: what it gives its own ratios is of less interest.
  for (const name of names) times.set(name, await timeRounds(name, url, table, task, name === REFERENCE ? 1 : rounds));
  const [reference] = times.get(REFERENCE)!;
  const measurements: BulkMeasurement[] = [];
  for (const name of names) {
    const own = times.get(name)!;
    const ratio = (of: 'wallMicros' | 'cpuMicros'): Spread =>
      spread(own.map(({ large, small }) => large[of] / small[of]));
    measurements.push({
      task,
      contender: name,
      wallMicrosPerRow: spread(own.map(({ small }) => small.wallMicros / LARGE)).median,
      cpuMicrosPerRow: spread(own.map(({ small }) => small.cpuMicros / LARGE)).median,
      wallRatio: ratio('wallMicros'),
      cpuRatio: ratio('cpuMicros'),
      cpuRatioToPg: own[0]!.large.cpuMicros / reference!.large.cpuMicros,
      memory: await inProcess(name, url, async (process) => {
        await table.prepare(task, LARGE);
        return process.memory(task, LARGE);
      }),
    });
  }
  return measurements;
}

function timeRounds(
  name: string,
  url: string,
  table: JobTable,
  task: BulkTask,
  rounds: number,
): Promise<readonly Times[]> {
  return inProcess(name, url, async (process) => {
    const time = async (rows: number, size: number): Promise<BulkTime> => {
      await table.prepare(task, rows);
      return process.time(task, rows, size);
    };
    for (const size of [SMALL, WARM_UP]) await time(WARM_UP, size);
    const times: Times[] = [];
    for (let round = 0; round < rounds; round++) {
      // What goes first in one round goes last in the next.
      const first = await time(LARGE, round % 2 === 0 ? SMALL : LARGE);
      const second = await time(LARGE, round % 2 === 0 ? LARGE : SMALL);
      if (round === 0) await table.check(task);
      times.push(round % 2 === 0 ? { small: first, large: second } : { small: second, large: first });
    }
    return times;
  });
}

async function inProcess<Result>(
  name: string,
  url: string,
  use: (process: BulkProcess) => Promise<Result>,
): Promise<Result> {
  const process = await BulkProcess.start(name, url);
  try {
    return await use(process);
  } finally {
    await process.stop();
  }
}
