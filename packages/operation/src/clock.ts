import { onAbort } from './on-abort.js';
import { SharedTimer } from './shared-timer.js';

/** Where time comes from, so that tests can bring their own. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary start. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal | null): Promise<void>;
  /**
   * Calls `callback` after `ms` milliseconds, unless the returned function is called before that. `nowMs` is for those who
   * have just read the clock.
   */
  after(ms: number, callback: () => void, nowMs?: number): () => void;
}

/** What Node's timers can hold, in milliseconds; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** The real time: monotonic, and not moved by whoever sets the clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(), // The global one, so that fake timers move it along with setTimeout.
  sleep(ms, signal = null) {
    return new Promise((resolve, reject) => {
      if (signal?.aborted) return reject(signal.reason);
      const unfollow = signal && onAbort(signal, () => end(() => reject(signal.reason)));
      const takeBack = systemClock.after(ms, () => end(resolve));
      const end = (settle: () => void): void => {
        takeBack();
        unfollow?.();
        settle();
      };
    });
  },
  after(ms, callback, nowMs = systemClock.now()) {
    const shared = sharedTimer(ms);
    if (shared !== null) return shared.start(callback, nowMs);
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      timer = left > longestTimer ? setTimeout(wait, longestTimer, left - longestTimer) : setTimeout(callback, left);
    };
    wait(ms);
    return () => clearTimeout(timer);
  },
};

// Whole milliseconds are what somebody has set, and come again; others are what is left of a time. Who sets more different
// ones than these has a timer of Node's for each.
const SHARED = 64;
const sharedTimers = new Map<number, SharedTimer>();
let madeBy = globalThis.setTimeout;

function sharedTimer(ms: number): SharedTimer | null {
  if (!Number.isInteger(ms) || ms < 1 || ms > longestTimer) return null;
  // Fake timers take its place in tests, and never ring again once they are gone.
  if (madeBy !== globalThis.setTimeout) {
    madeBy = globalThis.setTimeout;
    sharedTimers.clear();
  }
  let timer = sharedTimers.get(ms);
  if (timer === undefined) {
    if (sharedTimers.size >= SHARED) return null;
    timer = new SharedTimer(ms, () => systemClock.now());
    sharedTimers.set(ms, timer);
  }
  return timer;
}
