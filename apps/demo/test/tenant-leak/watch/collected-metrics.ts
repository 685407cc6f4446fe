import { OpenTelemetryObserver } from '@holdfast/metrics/opentelemetry';
import { MeterProvider, MetricReader } from '@opentelemetry/sdk-metrics';
import { json } from './texts-of.js';

class Reader extends MetricReader {
  protected override onForceFlush(): Promise<void> {
    return Promise.resolve();
  }

  protected override onShutdown(): Promise<void> {
    return Promise.resolve();
  }
}

/** What an OpenTelemetryObserver has recorded, all of it, as the SDK hands it to exporters. */
export class CollectedMetrics {
  readonly #reader = new Reader();
  readonly #observer: OpenTelemetryObserver;

  constructor() {
    const meter = new MeterProvider({ readers: [this.#reader] }).getMeter('tenant-leak');
    this.#observer = new OpenTelemetryObserver({ meter, emitDbClientMetrics: true });
  }

  async text(): Promise<string> {
    return json((await this.#reader.collect()).resourceMetrics.scopeMetrics);
  }

  stop(): void {
    this.#observer.stop();
  }
}
