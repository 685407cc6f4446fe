import type { Answer } from './answer.js';

/** What a stack answers in the end, for the promise that its caller has, which need not be there before the answer. */
export class Outcome implements Answer {
  #state: 'open' | 'given' | 'failed' = 'open';
  #said: unknown = null;
  #resolve: ((value: unknown) => void) | null = null;
  #reject: ((error: unknown) => void) | null = null;

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
