const listeners = new WeakMap<AbortSignal, Listener>();

/**
 * Calls `callback` when the signal aborts, unless the returned function is called before that. The signal has one listener
 * for all of them: many calls may share it, and Node warns of more than ten listeners.
 */
export function onAbort(signal: AbortSignal, callback: () => void): () => void {
  let listener = listeners.get(signal);
  if (listener === undefined) {
    listener = new Listener(signal);
    listeners.set(signal, listener);
  }
  return listener.add(callback);
}

class Listener {
  readonly #signal: AbortSignal;
  readonly #callbacks = new Set<() => void>();

  constructor(signal: AbortSignal) {
    this.#signal = signal;
  }

  add(callback: () => void): () => void {
    if (this.#callbacks.size === 0) this.#signal.addEventListener('abort', this.#onAbort);
    this.#callbacks.add(callback);
    return () => {
      if (this.#callbacks.delete(callback)) this.#restIfIdle();
    };
  }

  readonly #onAbort = (): void => {
    for (const callback of this.#callbacks) {
      this.#callbacks.delete(callback);
      callback();
    }
    this.#restIfIdle();
  };

  #restIfIdle(): void {
    if (this.#callbacks.size === 0) this.#signal.removeEventListener('abort', this.#onAbort);
  }
}
