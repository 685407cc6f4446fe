import { subscribe, unsubscribe } from 'node:diagnostics_channel';
import { setImmediate } from 'node:timers/promises';
import { PrometheusObserver } from '@holdfast/metrics/prometheus';
import { trace } from '@opentelemetry/api';
import { BasicTracerProvider, type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace-base';
import { Registry } from 'prom-client';
import { CollectedMetrics } from './collected-metrics.js';
import { textsOf } from './texts-of.js';

/** Where operations are published. */
const channel = 'holdfast:operation';
const consoleMethods = ['log', 'info', 'warn', 'error', 'debug', 'trace', 'dir'] as const;

/** Listens wherever something could come out besides the result: console, output, warnings, events, metrics and spans. */
export class WaysOut {
  readonly #heard: string[] = [];
  readonly #registry = new Registry();
  readonly #collected = new CollectedMetrics();
  readonly #stops: (() => void)[] = [];

  constructor() {
    const hear = (...values: readonly unknown[]): void => void this.#heard.push(...values.flatMap(textsOf));
    for (const name of consoleMethods) this.#replace(console, name, hear);
    for (const stream of [process.stdout, process.stderr]) this.#replace(stream, 'write', hear);
    process.on('warning', hear);
    const observer = new PrometheusObserver({ register: this.#registry });
    const hearEvent = (event: unknown): void => hear(event);
    subscribe(channel, hearEvent);
    trace.setGlobalTracerProvider(
      new BasicTracerProvider({
        spanProcessors: [processor(({ name, attributes, status, events }) => hear(name, attributes, status, events))],
      }),
    );
    this.#stops.push(
      () => trace.disable(),
      () => this.#collected.stop(),
      () => unsubscribe(channel, hearEvent),
      () => process.off('warning', hear),
      () => observer.stop(),
    );
  }

  /** What has come out since the last time and holds `text`; null if nothing has. Metrics show all that ever was. */
  async find(text: string): Promise<string | null> {
    await setImmediate(); // warnings come later
    const heard = [...this.#heard.splice(0), await this.#registry.metrics(), await this.#collected.text()];
    return heard.find((one) => one.includes(text)) ?? null;
  }

  stop(): void {
    for (const stop of this.#stops.splice(0)) stop();
  }

  #replace(target: object, name: string, hear: (...values: readonly unknown[]) => void): void {
    const own = Reflect.get(target, name) as (...values: readonly unknown[]) => unknown;
    Reflect.set(target, name, (...values: readonly unknown[]) => {
      hear(...values);
      return own.apply(target, [...values]);
    });
    this.#stops.push(() => Reflect.set(target, name, own));
  }
}

/** Calls `hear` with every span that has ended. */
function processor(hear: (span: ReadableSpan) => void): SpanProcessor {
  return { onStart: () => {}, onEnd: hear, forceFlush: async () => {}, shutdown: async () => {} };
}
