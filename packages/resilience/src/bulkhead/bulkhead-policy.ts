import { Queue } from '@holdfast/operation';
import type { Call } from '../call.js';
import type { Answer, Way } from '../direct/answer.js';
import { DirectPolicy } from '../direct/direct-policy.js';
import type { BulkheadArgs } from './bulkhead-args.js';
import { BulkheadFull } from './bulkhead-full.js';
import { type BulkheadSettings, bulkheadSettings } from './bulkhead-settings.js';
import { BulkheadTimeout } from './bulkhead-timeout.js';
import { Permit } from './permit.js';
import { turn, type Waiting } from './turn.js';

/** How full a bulkhead is. */
export interface BulkheadFigures {
  /** Calls that have a place: those that run, and those that were answered while their work goes on. */
  readonly running: number;
  /** Calls that wait for a place. */
  readonly queued: number;
  /** How many places there are. */
  readonly limit: number;
}

/**
 * Lets a limited number of calls run at the same time, and a limited number wait for their turn, in the order they came.
 * All others are refused at once, with BulkheadFull. A call keeps its place until its work has really settled: one that a
 * TimeoutPolicy has turned away from still loads whoever does it.
 *
 * It steps aside inside an open dbSession, which has its connection already. A call inside of one that has a place here runs
 * in that place where it would have to wait: else both would wait for ever.
 */
export class BulkheadPolicy extends DirectPolicy {
  readonly name = 'bulkhead';
  readonly #settings: BulkheadSettings;
  readonly #queue = new Queue<Waiting>();
  #running = 0;

  /** Throws Misuse for values that make no sense. */
  constructor(args: BulkheadArgs) {
    super();
    this.#settings = bulkheadSettings(args);
  }

  get label(): string {
    return this.#settings.label;
  }

  get figures(): BulkheadFigures {
    return { running: this.#running, queued: this.#queue.length, limit: this.#settings.maxConcurrent };
  }

  start(call: Call, next: Way, answer: Answer): void {
    if (call.isInSession) return next(call, answer);
    // Places are handed on: as long as anybody waits, none is free.
    if (this.#running < this.#settings.maxConcurrent) {
      this.#running += 1;
      return this.#run(call, next, answer);
    }
    if (call.isHeldBy(this)) return next(call, answer);
    this.#turnOf(call).then(
      () => this.#run(call, next, answer),
      (error: unknown) => answer.fail(error),
    );
  }

  #run(call: Call, next: Way, answer: Answer): void {
    const permit = new Permit(this, this.#giveBack, answer);
    next(call.with({ hold: permit }), permit);
  }

  async #turnOf(call: Call): Promise<void> {
    const { label, maxQueued } = this.#settings;
    if (call.isAborted) throw call.signal?.reason;
    try {
      if (this.#queue.length >= maxQueued)
        throw new BulkheadFull(label, maxQueued === 0 ? 'maxConcurrent' : 'maxQueued');
      if (call.deadline?.passed) throw new BulkheadTimeout(label);
      await turn(this.#queue, call, this.#settings);
    } catch (error) {
      // The reason of a signal is the caller's own.
      const isOurs = error instanceof BulkheadFull || error instanceof BulkheadTimeout;
      if (isOurs && call.isHeard) call.tell({ kind: 'rejected', policy: this.name, error });
      throw error;
    }
  }

  readonly #giveBack = (): void => {
    const next = this.#queue.next();
    if (next === null) this.#running -= 1;
    else next.take();
  };
}
