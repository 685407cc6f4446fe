import { metricNames } from '@holdfast/metrics/prometheus';
import type { Registry } from 'prom-client';
import type { Client } from './clients.js';

type Labels = Readonly<Record<string, string>>;

/** Metrics of the client's own under the names, types and labels of ours, in the same order. */
export class ToldByHand {
  readonly #metrics = new Map<string, InstanceType<Client['Counter' | 'Gauge' | 'Histogram']>>();

  constructor({ Counter, Gauge, Histogram }: Client, register: object) {
    const makers = { counter: Counter, gauge: Gauge, histogram: Histogram };
    for (const { name, type, labels, help } of metricNames()) {
      const args = { name, help, labelNames: [...labels], registers: [register as Registry] };
      const buckets = [0.0001, 0.00025, 0.0005, 0.001, 0.01, 0.1, 0.5, 1, 2, 5, 10, 30];
      const made = type === 'histogram' ? new Histogram({ ...args, buckets }) : new makers[type](args);
      this.#metrics.set(name, made);
    }
  }

  counted(name: string, labels: Labels, value = 0): void {
    (this.#metrics.get(`backendai_${name}`) as InstanceType<Client['Counter']>).inc({ ...labels }, value);
  }

  set(name: string, labels: Labels, value: number): void {
    (this.#metrics.get(`backendai_${name}`) as InstanceType<Client['Gauge']>).set({ ...labels }, value);
  }

  observed(name: string, labels: Labels, ms: readonly number[]): void {
    const histogram = this.#metrics.get(`backendai_${name}`) as InstanceType<Client['Histogram']>;
    histogram.zero({ ...labels });
    for (const one of ms) histogram.observe({ ...labels }, one / 1000);
  }
}
