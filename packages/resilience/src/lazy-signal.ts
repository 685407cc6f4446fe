import { onAbort } from '@holdfast/operation';
import type { SignalSource } from './signal-source.js';

/**
 * A signal that is made when somebody first looks at it, since most calls end before anybody does. It aborts where the
 * signal of the call around it does, and by `abort`. Whoever makes one calls `release` when the call has ended.
 */
export class LazySignal implements SignalSource {
  readonly #around: SignalSource;
  #controller: AbortController | null = null;
  #unfollow: (() => void) | null = null;
  #isReleased = false;
  #isAborted = false;
  #reason: unknown = null;

  constructor(around: SignalSource) {
    this.#around = around;
  }

  get isAborted(): boolean {
    return this.#isAborted || (!this.#isReleased && this.#around.isAborted);
  }

  get signal(): AbortSignal {
    if (this.#controller === null) {
      this.#controller = new AbortController();
      if (this.#isAborted) this.#controller.abort(this.#reason);
      else if (!this.#isReleased) this.#follow(this.#around.signal);
    }
    return this.#controller.signal;
  }

  abort(reason: unknown): void {
    if (this.#isAborted) return;
    this.#isAborted = true;
    this.#reason = reason;
    this.release();
    this.#controller?.abort(reason);
  }

  /** From now on it aborts no more with the signal around it, and listens to nothing. */
  release(): void {
    this.#isReleased = true;
    this.#unfollow?.();
    this.#unfollow = null;
  }

  #follow(signal: AbortSignal | null): void {
    if (signal === null) return;
    if (signal.aborted) return this.abort(signal.reason);
    this.#unfollow = onAbort(signal, () => this.abort(signal.reason));
  }
}
