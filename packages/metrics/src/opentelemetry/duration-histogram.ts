import {
  type Attributes,
  type Histogram,
  type MeterProvider,
  metrics,
  type Meter,
  ValueType,
} from '@opentelemetry/api';
import { SCOPE } from './instrumentation-scope.js';

/** Upper bounds in seconds, as the database conventions advise them; views of the application win. */
const BUCKETS = [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 5, 10];

/** A histogram of seconds, of the meter that it is given or of whatever provider is registered at the time. */
export class DurationHistogram {
  readonly #name: string;
  readonly #description: string;
  readonly #meter: Meter | null;
  #provider: MeterProvider | null = null;
  #histogram: Histogram | null = null;

  constructor(name: string, description: string, meter: Meter | null) {
    this.#name = name;
    this.#description = description;
    this.#meter = meter;
  }

  record(milliseconds: number, attributes: Attributes): void {
    this.#current().record(milliseconds / 1000, attributes);
  }

  // The API hands out meters of the provider that is registered now, and of none that comes later.
  #current(): Histogram {
    const provider = this.#meter === null ? metrics.getMeterProvider() : null;
    if (this.#histogram === null || provider !== this.#provider) {
      this.#provider = provider;
      this.#histogram = this.#made(this.#meter ?? provider!.getMeter(SCOPE.name, SCOPE.version));
    }
    return this.#histogram;
  }

  #made(meter: Meter): Histogram {
    return meter.createHistogram(this.#name, {
      description: this.#description,
      unit: 's',
      valueType: ValueType.DOUBLE,
      advice: { explicitBucketBoundaries: BUCKETS },
    });
  }
}
