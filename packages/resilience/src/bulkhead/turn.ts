import { onAbort, type Place, type Queue } from '@holdfast/operation';
import type { Call } from '../call.js';
import { saysTimeout } from '../says-timeout.js';
import { BulkheadFull } from './bulkhead-full.js';
import type { BulkheadSettings } from './bulkhead-settings.js';
import { BulkheadTimeout } from './bulkhead-timeout.js';

/** A call that waits for its turn. */
export interface Waiting extends Place<Waiting> {
  /** It is its turn, and it has left the queue. */
  take(): void;
}

/**
 * Waits in the queue for the turn of a call: resolves when its entry takes it. Ends, and leaves the queue, as soon as the
 * signal aborts (its reason), the deadline passes (BulkheadTimeout) or the wait takes too long (BulkheadFull).
 */
export function turn(queue: Queue<Waiting>, call: Call, settings: BulkheadSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const { clock, label, maxWaitMs } = settings;
    const { signal, deadline } = call;
    const leftMs = deadline?.remainingMs ?? Infinity;
    const waitMs = Math.min(leftMs, maxWaitMs ?? Infinity);

    const stop = (): void => {
      timer?.stop();
      stopListening?.();
    };
    const waiting: Waiting = {
      before: null,
      behind: null,
      take: () => {
        stop();
        resolve();
      },
    };
    queue.enter(waiting);
    const leave = (error: unknown): void => {
      queue.leave(waiting);
      stop();
      reject(error);
    };
    // A signal that a timeout further out has aborted says the same as the deadline, and knows less of what became of it.
    const aborted = (reason: unknown): unknown => (saysTimeout(reason) ? new BulkheadTimeout(label, reason) : reason);
    const ring = (): void =>
      leave(leftMs <= waitMs ? new BulkheadTimeout(label) : new BulkheadFull(label, 'maxWaitMs'));

    const timer = waitMs < Infinity ? clock.after(waitMs, { ring }) : null;
    const stopListening = signal === null ? null : onAbort(signal, () => leave(aborted(signal.reason)));
  });
}
