import type { Contender, OperationName } from './contender.js';
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

/** Runs an operation over and over for a while, `callers` at a time; the first moments are not measured. */
export async function measureSlice(
  contender: Contender,
  workload: Workload,
  operation: OperationName,
  callers: number,
  ms: number,
): Promise<SliceResult> {
  await repeat(contender, workload, operation, callers, Math.min(20, ms / 6));
  const cpu = process.cpuUsage();
  const start = performance.now();
  const latencies = await repeat(contender, workload, operation, callers, ms);
  const wallMs = performance.now() - start;
  const used = process.cpuUsage(cpu);
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
  contender: Contender,
  workload: Workload,
  operation: OperationName,
  callers: number,
  ms: number,
): Promise<number[]> {
  const latencies: number[] = [];
  const end = performance.now() + ms;
  const caller = async (): Promise<void> => {
    for (let start = performance.now(); start < end;) {
      await workload.run(contender, operation);
      const now = performance.now();
      latencies.push(now - start);
      start = now;
    }
  };
  await Promise.all(Array.from({ length: callers }, caller));
  return latencies;
}
