import { DURATION_BUCKETS } from './duration-buckets.js';

/** What every metric of an operation is labelled with. */
export type OperationLabels = Readonly<Record<'domain' | 'layer' | 'operation', string>>;

/** The plain numbers of one operation of one layer, kept until a registry asks for them. */
export class OperationCell {
  readonly labels: OperationLabels;
  /** Calls that failed, by error code. */
  readonly errors = new Map<string, number>();
  /** Calls by duration: one count for each bucket, and a last one for those that were longer. */
  readonly durations = new Float64Array(DURATION_BUCKETS.length + 1);
  durationSum = 0;
  running = 0;
  succeeded = 0;
  failed = 0;
  retried = 0;

  constructor(labels: OperationLabels) {
    this.labels = labels;
  }

  end(durationMs: number): void {
    // A call that began before the observer did was never counted as running.
    if (this.running > 0) this.running -= 1;
    const seconds = durationMs / 1000;
    let bucket = 0;
    while (bucket < DURATION_BUCKETS.length && seconds > DURATION_BUCKETS[bucket]!) bucket += 1;
    this.durations[bucket]! += 1;
    this.durationSum += seconds;
  }

  fail(errorCode: string): void {
    this.failed += 1;
    this.errors.set(errorCode, (this.errors.get(errorCode) ?? 0) + 1);
  }
}
