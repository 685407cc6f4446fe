import type { Work } from './scale-task.js';

/** What was seen while a task ran over and over. */
export interface WorkFigures {
  readonly calls: number;
  readonly opsPerSecond: number;
  /** CPU time of the process, user and system. */
  readonly cpuMicrosPerOp: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  readonly mostMicros: number;
  /** Calls of the caller that got the fewest, as a ratio to the mean: 1 if all got the same. */
  readonly fewest: number;
}

/** Fewer calls tell nothing. */
const LEAST_CALLS = 3;

/** Runs a task for a while, `callers` at a time, each call of a caller after the last; the first moments are not measured. */
export async function runWork(work: Work, callers: number, ms: number): Promise<WorkFigures> {
  await repeat(work, callers, Math.min(20, ms / 6));
  return repeat(work, callers, ms);
}

async function repeat(work: Work, callers: number, ms: number): Promise<WorkFigures> {
  const latencies: number[] = [];
  const calls = new Float64Array(callers);
  const cpu = process.cpuUsage();
  const begin = performance.now();
  const end = begin + ms;
  const caller = async (_: unknown, index: number): Promise<void> => {
    let start = performance.now();
    // Turns of their own, so that callers do not read the same rows at the same time.
    for (let turn = index * 7_919; start < end || calls[index]! < LEAST_CALLS; turn++) {
      await work(turn);
      const now = performance.now();
      latencies.push(now - start);
      calls[index]! += 1;
      start = now;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  const wallMicros = (performance.now() - begin) * 1_000;
  const { user, system } = process.cpuUsage(cpu);
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))]! * 1_000;
  return {
    calls: latencies.length,
    opsPerSecond: latencies.length / (wallMicros / 1_000_000),
    cpuMicrosPerOp: (user + system) / latencies.length,
    p50Micros: quantile(0.5),
    p99Micros: quantile(0.99),
    mostMicros: latencies.at(-1)! * 1_000,
    fewest: Math.min(...calls) / (latencies.length / callers),
  };
}
