import { availableParallelism, freemem, loadavg, totalmem } from 'node:os';
import type { RecordedMetric } from './metric-points.js';
import type { MetricOwner } from './process-metrics.js';

/**
 * What the machine has and uses, as gauges with a point of `at` each: `system_load1`, `system_cpus`,
 * `system_memory_total_bytes` and `system_memory_free_bytes`.
 */
export function systemMetrics(at: Date, owner: MetricOwner = {}): readonly RecordedMetric[] {
  const gauge = (name: string, unit: string | null, value: number): RecordedMetric => {
    return { ...owner, type: 'gauge', name, unit, points: [{ at, value }] };
  };
  return [
    gauge('system_load1', null, loadavg()[0]!),
    gauge('system_cpus', null, availableParallelism()),
    gauge('system_memory_total_bytes', 'B', totalmem()),
    gauge('system_memory_free_bytes', 'B', freemem()),
  ];
}
