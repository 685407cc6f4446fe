import { setTimeout as delay } from 'node:timers/promises';

/** Where time comes from, so that tests can bring their own. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary start. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal | null): Promise<void>;
  /** Calls `callback` after `ms` milliseconds, unless the returned function is called before that. */
  after(ms: number, callback: () => void): () => void;
}

/** What Node's timers can hold, in milliseconds; a longer one would fire at once. */
const longestTimer = 2 ** 31 - 1;

/** The real time: monotonic, and not moved by whoever sets the clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(), // The global one, so that fake timers move it along with setTimeout.
  async sleep(ms, signal) {
    try {
      let left = ms;
      do {
        await delay(Math.min(left, longestTimer), undefined, signal ? { signal } : {});
        left -= longestTimer;
      } while (left > 0);
    } catch (error) {
      throw signal?.aborted ? signal.reason : error;
    }
  },
  after(ms, callback) {
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      timer = left > longestTimer ? setTimeout(wait, longestTimer, left - longestTimer) : setTimeout(callback, left);
    };
    wait(ms);
    // Node throws a list of timers away when a referenced one leaves it empty, and making one anew for the next is dear.
    return () => clearTimeout(timer.unref());
  },
};
