import type { AmbientCall, Clock, EventSource, OperationLayer } from '@holdfast/operation';
import type { Answer } from './direct/answer.js';

/** A function whose calls can be wrapped. */
export type AsyncFunction = (...args: never[]) => Promise<unknown>;

/**
 * What stays the same while a call goes through the policies, and what they answer in the end, for the promise that its
 * caller has, which need not be there before the answer.
 */
export class WholeCall implements Answer {
  readonly operation: string;
  readonly layer: OperationLayer | null;
  readonly source: EventSource;
  // The work travels on the call, so that neither the stack nor its policies build a closure for each call.
  readonly work: AsyncFunction;
  readonly target: unknown;
  /** Null for work that is given the call itself. */
  readonly args: readonly unknown[] | null;
  /** The call that this one is a part of. */
  readonly outer: AmbientCall | null;
  readonly isInSession: boolean;
  /** The promise of the work that the policies have led to at once, which answers them all; null where they have not. */
  answered: Promise<unknown> | null = null;
  /** Whether the policies may answer before the work has settled, or have been gone through for the first time. */
  isLoose: boolean;
  /** Whether time has passed since it has begun: the policies have been gone through, or led to the work. */
  isUnderWay = false;
  /** What was read at the beginning, and of which clock. */
  #clock: Clock | null = null;
  #nowMs = 0;
  #state: 'open' | 'given' | 'failed' = 'open';
  #said: unknown = null;
  #resolve: ((value: unknown) => void) | null = null;
  #reject: ((error: unknown) => void) | null = null;

  constructor(
    operation: string,
    layer: OperationLayer | null,
    source: EventSource,
    work: AsyncFunction,
    target: unknown,
    args: readonly unknown[] | null,
    outer: AmbientCall | null,
    isInSession: boolean,
    isLoose: boolean,
  ) {
    this.operation = operation;
    this.layer = layer;
    this.source = source;
    this.work = work;
    this.target = target;
    this.args = args;
    this.outer = outer;
    this.isInSession = isInSession;
    this.isLoose = isLoose;
  }

  now(clock: Clock): number {
    if (this.isUnderWay) return clock.now();
    if (this.#clock !== clock) {
      this.#clock = clock;
      this.#nowMs = clock.now();
    }
    return this.#nowMs;
  }

  give(value: unknown): void {
    if (this.#resolve !== null) this.#resolve(value);
    else if (this.#state === 'open') this.#settle('given', value);
  }

  fail(error: unknown): void {
    if (this.#reject !== null) this.#reject(error);
    else if (this.#state === 'open') this.#settle('failed', error);
  }

  /** The value, if there is one by now, or a promise of it. Throws what the call has failed with. */
  taken(): unknown {
    if (this.#state === 'given') return this.#said;
    if (this.#state === 'failed') throw this.#said;
    return this.promised();
  }

  promised(): Promise<unknown> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      if (this.#state === 'given') resolve(this.#said);
      if (this.#state === 'failed') reject(this.#said);
    });
  }

  #settle(state: 'given' | 'failed', said: unknown): void {
    this.#state = state;
    this.#said = said;
  }
}
