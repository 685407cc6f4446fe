import { AsyncResource } from 'node:async_hooks';
import { Queue } from './queue.js';

/** How long it may keep a process from ending in which nobody waits any more. */
const REST_MS = 50;

// It serves many callers, so it runs in the context of none and keeps none alive.
const nobody = new AsyncResource('HoldfastSharedTimer');

interface Waiting {
  readonly dueMs: number;
  readonly callback: () => void;
}

/**
 * Timers that all take the same time, so that who comes first is due first, and one of Node's serves them all. Most are
 * taken back long before they are due: neither that nor starting one reaches Node while the shared one runs. Callbacks run
 * in no async context.
 */
export class SharedTimer {
  readonly #ms: number;
  readonly #now: () => number;
  readonly #waiting = new Queue<Waiting>();
  #isRunning = false;

  constructor(ms: number, now: () => number) {
    this.#ms = ms;
    this.#now = now;
  }

  /** Calls `callback` when the time has passed since `nowMs`, unless the returned function is called before that. */
  start(callback: () => void, nowMs: number): () => void {
    const place = this.#waiting.enter({ dueMs: nowMs + this.#ms, callback });
    if (!this.#isRunning) {
      this.#isRunning = true;
      nobody.runInAsyncScope(this.#ringIn, null, this.#ms);
    }
    return () => this.#waiting.leave(place);
  }

  readonly #ringIn = (ms: number): void => void setTimeout(this.#ring, Math.min(REST_MS, ms));

  readonly #ring = (): void => {
    const nowMs = this.#now();
    let first = this.#waiting.first;
    while (first !== null && first.dueMs <= nowMs) {
      this.#waiting.next();
      call(first.callback);
      first = this.#waiting.first;
    }
    if (first === null) this.#isRunning = false;
    else this.#ringIn(Math.ceil(first.dueMs - nowMs));
  };
}

/** One that throws is no reason for others not to be called; it ends where errors of timers do. */
function call(callback: () => void): void {
  try {
    callback();
  } catch (error) {
    queueMicrotask(() => {
      throw error;
    });
  }
}
