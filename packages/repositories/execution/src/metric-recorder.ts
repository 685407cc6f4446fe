import { Misuse } from '@holdfast/errors';
import type { Scope } from '@holdfast/querier';
import { setTimeout as delay } from 'node:timers/promises';
import type { ExecutionMetricRepository } from './execution-metric-repository.js';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import { isPassing } from './is-passing.js';
import type { RecordedMetric } from './metric-points.js';

export interface MetricRecorderArgs {
  readonly repository: Pick<ExecutionMetricRepository, 'record'>;
  readonly scope: Scope<ExecutionMetricRow>;
  /** Points of one batch. Default 1,000. */
  readonly batchSize?: number;
  /** The longest that a point waits for its batch to fill, in milliseconds. Default 1,000. */
  readonly flushMs?: number;
  /** Points that may wait, beyond which `record` waits too. Default 10,000. */
  readonly maxPending?: number;
  /** Between two attempts while the database cannot be reached, in milliseconds. Default 500. */
  readonly retryDelayMs?: number;
  /** Told of a batch that was refused, which no attempt will change: it is dropped. Default: a process warning. */
  readonly onRefused?: (error: unknown, metrics: readonly RecordedMetric[]) => void;
}

/**
 * Records points in batches, in the order in which they came. What the database cannot take now is kept and tried again,
 * as often as it takes: a point that was recorded after all stays one. `close` on shutdown, or what waits is lost.
 */
export class MetricRecorder {
  readonly #args: Required<MetricRecorderArgs>;
  readonly #waiting: RecordedMetric[] = [];
  #pending = 0;
  #timer: NodeJS.Timeout | null = null;
  #running: Promise<void> | null = null;
  #room: (() => void)[] = [];
  #isClosed = false;
  #givesUp = new AbortController();

  /** Throws Misuse for sizes below 1. */
  constructor(args: MetricRecorderArgs) {
    const { batchSize = 1_000, flushMs = 1_000, maxPending = 10_000, retryDelayMs = 500, onRefused = warn } = args;
    if (![batchSize, flushMs, maxPending, retryDelayMs].every((size) => size >= 1)) {
      throw new Misuse('Sizes and times of a recorder are at least 1.');
    }
    this.#args = { ...args, batchSize, flushMs, maxPending, retryDelayMs, onRefused };
  }

  /** Points that wait to be recorded. */
  get pending(): number {
    return this.#pending;
  }

  /**
   * Takes points of a metric. Resolves when there is room for them, and not when they are recorded: await it, and whoever
   * records faster than the database takes is slowed down. Rejects with Misuse once the recorder is closed.
   */
  async record(metric: RecordedMetric): Promise<void> {
    while (this.#pending >= this.#args.maxPending && !this.#isClosed) {
      await new Promise<void>((resolve) => this.#room.push(resolve));
    }
    if (this.#isClosed) throw new Misuse('The recorder is closed.');
    this.#waiting.push(metric);
    this.#pending += metric.points.length;
    if (this.#pending >= this.#args.batchSize) void this.#start();
    else this.#timer ??= setTimeout(() => void this.#start(), this.#args.flushMs).unref();
  }

  /** Resolves when all that was taken before is recorded, or refused. */
  async flush(): Promise<void> {
    while (this.#waiting.length > 0 || this.#running !== null) await this.#start();
  }

  /**
   * Takes no more points, and records those that wait, for up to `timeoutMs`. Returns how many are lost thereby. Default:
   * as long as it takes.
   */
  async close({ timeoutMs }: { readonly timeoutMs?: number } = {}): Promise<number> {
    this.#isClosed = true;
    this.#giveRoom();
    const timer = timeoutMs === undefined ? null : setTimeout(() => this.#givesUp.abort(), timeoutMs);
    await this.flush();
    if (timer !== null) clearTimeout(timer);
    return this.#pending;
  }

  #start(): Promise<void> {
    if (this.#timer !== null) clearTimeout(this.#timer);
    this.#timer = null;
    this.#running ??= this.#run().finally(() => (this.#running = null));
    return this.#running;
  }

  async #run(): Promise<void> {
    while (this.#waiting.length > 0) {
      const batch = this.#nextBatch();
      if (!(await this.#store(batch))) return void (this.#waiting.length = 0);
      this.#pending -= batch.reduce((sum, { points }) => sum + points.length, 0);
      this.#giveRoom();
    }
  }

  #nextBatch(): readonly RecordedMetric[] {
    let [taken, points] = [0, 0];
    while (taken < this.#waiting.length && points < this.#args.batchSize)
      points += this.#waiting[taken++]!.points.length;
    return this.#waiting.splice(0, taken);
  }

  /** False where it was given up. */
  async #store(batch: readonly RecordedMetric[]): Promise<boolean> {
    const { repository, scope, retryDelayMs, onRefused } = this.#args;
    const { signal } = this.#givesUp;
    while (!signal.aborted) {
      try {
        await repository.record(scope, batch, { signal });
        return true;
      } catch (error) {
        if (signal.aborted) return false;
        if (!isPassing(error)) {
          // Others of its batch are not to be lost with one that is refused.
          if (batch.length > 1) {
            for (const metric of batch) if (!(await this.#store([metric]))) return false;
          } else onRefused(error, batch);
          return true;
        }
        await delay(retryDelayMs, undefined, { signal }).catch(() => {});
      }
    }
    return false;
  }

  #giveRoom(): void {
    const room = this.#room;
    this.#room = [];
    for (const resolve of room) resolve();
  }
}

function warn(error: unknown): void {
  process.emitWarning(error instanceof Error ? error : new Error(String(error)));
}
