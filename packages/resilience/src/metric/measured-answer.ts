import { type Clock, type OperationLayer, publishOperation } from '@holdfast/operation';
import type { Call } from '../call.js';
import type { Answer } from '../direct/answer.js';

/** Tells how a call has ended before anybody else hears of it. */
export class MeasuredAnswer implements Answer {
  readonly #call: Call;
  readonly #at: OperationLayer;
  readonly #clock: Clock;
  readonly #answer: Answer;
  readonly #startedAt: number;

  constructor(call: Call, at: OperationLayer, clock: Clock, answer: Answer) {
    this.#call = call;
    this.#at = at;
    this.#clock = clock;
    this.#answer = answer;
    this.#startedAt = call.now(clock);
  }

  give(value: unknown): void {
    this.#publishEnded(null);
    this.#answer.give(value);
  }

  fail(error: unknown): void {
    // Null stands for success in the event, and a promise may be rejected with it.
    this.#publishEnded(error ?? new TypeError(`The operation was rejected with ${String(error)}.`));
    this.#answer.fail(error);
  }

  #publishEnded(error: unknown): void {
    const { operation, source } = this.#call;
    const durationMs = this.#clock.now() - this.#startedAt;
    const ended = { kind: 'ended', at: this.#at, operation, source, durationMs, error } as const;
    publishOperation(error !== null && this.#isReason(error) ? { ...ended, isCanceled: true } : ended);
  }

  #isReason(error: unknown): boolean {
    return this.#call.isAborted && this.#call.signal?.reason === error;
  }
}
