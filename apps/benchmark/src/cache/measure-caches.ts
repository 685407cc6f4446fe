import type { AskedProcess } from '../asked-process.js';
import { type Spread, spread } from '../spread.js';
import { CACHE_CONTENDERS, type CacheContender } from './cache-contenders.js';
import type { CacheAnswer, CachePromises, CacheQuestion } from './cache-question.js';

export type CacheProcess = AskedProcess<CacheQuestion, CacheAnswer>;

export const CALLERS = [1, 16] as const;
export type Callers = (typeof CALLERS)[number];

const SLICE_MS = 100;
const WARM_UP_MS = 1_500;

export interface CacheMeasurement {
  readonly contender: CacheContender;
  readonly promises: CachePromises;
  /** Microseconds of CPU time of a get, round by round. */
  readonly micros: Readonly<Record<Callers, readonly number[]>>;
}

/** What a contender takes as a ratio to what another one takes in the same round. */
export function ratioTo(other: CacheMeasurement, one: CacheMeasurement, callers: Callers): Spread {
  return spread(one.micros[callers].map((micros, round) => micros / other.micros[callers][round]!));
}

/** Slices of all contenders in turn, the order turned round each time. */
export async function measureCaches(
  processes: readonly CacheProcess[],
  rounds: number,
): Promise<readonly CacheMeasurement[]> {
  const promises: CachePromises[] = [];
  for (const [row, process] of processes.entries()) {
    promises.push((await process.ask({ ask: 'promises', row })).promises!);
  }
  const [alone, many] = [await timed(processes, 1, rounds), await timed(processes, 16, rounds)];
  return processes.map(({ name }, at) => ({
    contender: CACHE_CONTENDERS.find((one) => one.name === name)!,
    promises: promises[at]!,
    micros: { 1: alone.get(name)!, 16: many.get(name)! },
  }));
}

async function timed(
  processes: readonly CacheProcess[],
  callers: Callers,
  rounds: number,
): Promise<ReadonlyMap<string, readonly number[]>> {
  for (const process of processes) await process.ask({ ask: 'slice', callers, ms: WARM_UP_MS });
  const micros = new Map<string, number[]>(processes.map(({ name }) => [name, []]));
  for (let round = 0; round < rounds; round += 1) {
    for (const process of round % 2 === 0 ? processes : [...processes].reverse()) {
      const answer = await process.ask({ ask: 'slice', callers, ms: SLICE_MS });
      micros.get(process.name)!.push(costOf(process.name, answer));
    }
  }
  return micros;
}

function costOf(name: string, { gets, cpuMicros, loads }: CacheAnswer): number {
  if (loads > 0 && !name.startsWith('database')) throw new Error(`${name} has read the database while it was timed.`);
  return cpuMicros / gets;
}
