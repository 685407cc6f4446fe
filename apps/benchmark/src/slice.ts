import { isOfMany, type OperationName } from './operation-name.js';
import type { Workload } from './workload.js';

/** What one slice of measuring saw. */
export interface SliceResult {
  readonly operations: number;
  readonly wallMs: number;
  /** CPU time of the process, user and system, in microseconds. */
  readonly cpuMicros: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
}

/** How often each caller runs an operation at least: a busy machine would measure next to nothing. */
const LEAST = 10;

/**
 * Runs an operation over and over for a while, `callers` at a time; it ends sooner when what there is to do is done. The first
 * moments, or the first call of many rows, are not measured.
 */
export async function measureSlice(
  workload: Workload,
  operation: OperationName,
  callers: number,
  ms: number,
): Promise<SliceResult> {
  const least = isOfMany(operation) ? 1 : LEAST;
  if (isOfMany(operation)) await workload.run(operation, 0);
  else await repeat(workload, operation, callers, Math.min(20, ms / 6), 1);
  const cpu = process.cpuUsage();
  const start = performance.now();
  const latencies = await repeat(workload, operation, callers, ms, least);
  const wallMs = performance.now() - start;
  const used = process.cpuUsage(cpu);
  if (latencies.length === 0) throw new Error(`${operation}: nothing was left to measure.`);
  latencies.sort((a, b) => a - b);
  const quantile = (q: number): number =>
    latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * q))]! * 1_000;
  return {
    operations: latencies.length,
    wallMs,
    cpuMicros: used.user + used.system,
    p50Micros: quantile(0.5),
    p99Micros: quantile(0.99),
  };
}

async function repeat(
  workload: Workload,
  operation: OperationName,
  callers: number,
  ms: number,
  least: number,
): Promise<number[]> {
  const latencies: number[] = [];
  const end = performance.now() + ms;
  const caller = async (_: unknown, number: number): Promise<void> => {
    for (let start = performance.now(), done = 0; start < end || done < least; done++) {
      const running = workload.run(operation, number);
      if (running === null) return;
      await running;
      const now = performance.now();
      latencies.push(now - start);
      start = now;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return latencies;
}
