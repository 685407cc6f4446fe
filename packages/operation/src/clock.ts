import type { Alarm, Timer } from './alarm.js';
import { onAbort } from './on-abort.js';
import { SharedTimer } from './shared-timer.js';

/** Where time comes from, so that tests can bring their own. */
export interface Clock {
  /** Monotonic milliseconds from an arbitrary start. */
  now(): number;
  /** Resolves after `ms` milliseconds; rejects with the signal's reason as soon as it aborts. */
  sleep(ms: number, signal?: AbortSignal | null): Promise<void>;
  /** Rings after `ms` milliseconds, unless it is stopped before that. `nowMs` is for those who have just read the clock. */
  after(ms: number, alarm: Alarm, nowMs?: number): Timer;
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
      const timer = systemClock.after(ms, { ring: () => end(resolve) });
      const end = (settle: () => void): void => {
        timer.stop();
        unfollow?.();
        settle();
      };
    });
  },
  after(ms, alarm, nowMs = systemClock.now()) {
    const shared = sharedTimer(ms);
    if (shared !== null) return shared.start(alarm, nowMs, ms);
    let timer: NodeJS.Timeout;
    const wait = (left: number): void => {
      const isLast = left <= longestTimer;
      timer = isLast ? setTimeout(() => alarm.ring(), left) : setTimeout(wait, longestTimer, left - longestTimer);
    };
    wait(ms);
    return { stop: () => clearTimeout(timer) };
  },
};

// Whole milliseconds are what somebody has set, and come again. Who sets more different ones than these has a timer of
// Node's for each.
const SHARED = 64;
const sharedTimers = new Map<number, SharedTimer>();
// Others are what is left of a time: those share one that are alike, up to twice as long. Short ones are soon over.
const SHORT_MS = 64;
let leftTimers: SharedTimer[] = [];
let latest: SharedTimer | null = null;
let madeBy = setTimeout;

function sharedTimer(ms: number): SharedTimer | null {
  // Fake timers take its place in tests, and never ring again once they are gone.
  if (madeBy !== setTimeout) {
    madeBy = setTimeout;
    latest = null;
    sharedTimers.clear();
    leftTimers = [];
  }
  if (latest === null || latest.ms !== ms) {
    if (!(ms >= 1) || ms > longestTimer) return null;
    if (!Number.isInteger(ms)) return ms < SHORT_MS ? null : leftTimer(Math.floor(Math.log2(ms)));
    let timer = sharedTimers.get(ms);
    if (timer === undefined) {
      if (sharedTimers.size >= SHARED) return null;
      timer = new SharedTimer(ms, () => systemClock.now());
      sharedTimers.set(ms, timer);
    }
    latest = timer;
  }
  return latest;
}

function leftTimer(power: number): SharedTimer {
  return (leftTimers[power] ??= new SharedTimer(2 ** power, () => systemClock.now()));
}
