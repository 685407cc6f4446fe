import { type EventLoopUtilization, type IntervalHistogram, monitorEventLoopDelay, performance } from 'node:perf_hooks';
import type { ExecutionMetricCreationSpec } from './execution-metric-creation-spec.js';
import type { MetricPoint, RecordedMetric } from './metric-points.js';

/** Whose metrics they are, and what tells them apart from those of other processes. */
export type MetricOwner = Pick<ExecutionMetricCreationSpec, 'domainName' | 'userUuid' | 'executionId' | 'tags'>;

/**
 * What this process uses, as metrics: `process_cpu_seconds_total` (counter), `process_resident_memory_bytes`,
 * `nodejs_heap_size_used_bytes`, `nodejs_eventloop_utilization` and `nodejs_eventloop_lag_max_seconds` (gauges; of the
 * time since they were last collected), after prom-client. Call `stop` in the end.
 */
export class ProcessMetrics {
  readonly #owner: MetricOwner;
  readonly #delay: IntervalHistogram = monitorEventLoopDelay({ resolution: 20 });
  #loop: EventLoopUtilization = performance.eventLoopUtilization();

  constructor(owner: MetricOwner = {}) {
    this.#owner = owner;
    this.#delay.enable();
  }

  /** The metrics as they are now, with a point of `at` each. */
  collect(at: Date): readonly RecordedMetric[] {
    const { user, system } = process.cpuUsage();
    const { rss, heapUsed } = process.memoryUsage();
    const loop = performance.eventLoopUtilization();
    const { utilization } = performance.eventLoopUtilization(loop, this.#loop);
    this.#loop = loop;
    // In nanoseconds; 0 where the loop was never measured.
    const lag = this.#delay.count === 0 ? 0 : this.#delay.max / 1e9;
    this.#delay.reset();
    const metric = (type: 'counter' | 'gauge', name: string, unit: string | null, value: number): RecordedMetric => {
      const points: readonly MetricPoint[] = [{ at, value }];
      return { ...this.#owner, type, name, unit, points };
    };
    return [
      metric('counter', 'process_cpu_seconds_total', 's', (user + system) / 1e6),
      metric('gauge', 'process_resident_memory_bytes', 'B', rss),
      metric('gauge', 'nodejs_heap_size_used_bytes', 'B', heapUsed),
      metric('gauge', 'nodejs_eventloop_utilization', null, utilization),
      metric('gauge', 'nodejs_eventloop_lag_max_seconds', 's', lag),
    ];
  }

  stop(): void {
    this.#delay.disable();
  }
}
