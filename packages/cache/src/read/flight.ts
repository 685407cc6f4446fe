import { type AmbientCall, ambientCall, withinAmbientCall } from '@holdfast/operation';
import { unlessAborted } from './unless-aborted.js';

/**
 * One read of the database that several wait for. It belongs to none of them: neither the deadline nor the signal of whoever
 * asked first ends it. It is canceled when nobody waits any more.
 */
export class Flight<Value> {
  readonly #end = new AbortController();
  readonly #value: Promise<Value>;
  #waiting = 0;
  #isOver = false;
  #hasFailed = false;

  constructor(load: () => Promise<Value>) {
    const call = sharedCall(this.#end.signal);
    this.#value = withinAmbientCall(call, async () => load()).finally(() => (this.#isOver = true));
    this.#value.catch(() => (this.#hasFailed = true)); // Who waits hears of it.
  }

  get isCanceled(): boolean {
    return this.#end.signal.aborted;
  }

  get hasFailed(): boolean {
    return this.#hasFailed;
  }

  /** Resolves when it is over, whatever came of it. */
  over(): Promise<void> {
    return this.#value.then(
      () => {},
      () => {},
    );
  }

  /** Lets it go on when nobody waits. */
  keep(): void {
    this.#waiting += 1;
  }

  /** Its value; or rejects as soon as the running call is ended. Nobody may join what is canceled. */
  async value(): Promise<Value> {
    const signal = ambientCall()?.signal ?? null;
    signal?.throwIfAborted();
    this.#waiting += 1;
    try {
      return await unlessAborted(signal, this.#value);
    } finally {
      this.#waiting -= 1;
      if (this.#waiting === 0 && !this.#isOver) this.#end.abort();
    }
  }
}

function sharedCall(signal: AbortSignal): AmbientCall {
  const isRetried = ambientCall()?.isRetried ?? false;
  const silent = (): void => {};
  return { signal, deadline: null, isRetried, isHeard: false, committed: silent, tell: silent, hear: silent };
}
