import { onAbort, type Queue } from '@holdfast/operation';
import type { Call } from '../call.js';
import { saysTimeout } from '../says-timeout.js';
import { BulkheadFull } from './bulkhead-full.js';
import type { BulkheadSettings } from './bulkhead-settings.js';
import { BulkheadTimeout } from './bulkhead-timeout.js';

/**
 * Waits in the queue for the turn of a call: resolves when its entry is called. Ends, and leaves the queue, as soon as the
 * signal aborts (its reason), the deadline passes (BulkheadTimeout) or the wait takes too long (BulkheadFull).
 */
export function turn(queue: Queue<() => void>, call: Call, settings: BulkheadSettings): Promise<void> {
  return new Promise((resolve, reject) => {
    const { clock, label, maxWaitMs } = settings;
    const { signal, deadline } = call;
    const leftMs = deadline?.remainingMs ?? Infinity;
    const waitMs = Math.min(leftMs, maxWaitMs ?? Infinity);

    const stop = (): void => {
      stopTimer?.();
      stopListening?.();
    };
    const place = queue.enter(() => {
      stop();
      resolve();
    });
    const leave = (error: unknown): void => {
      queue.leave(place);
      stop();
      reject(error);
    };
    // A signal that a timeout further out has aborted says the same as the deadline, and knows less of what became of it.
    const aborted = (reason: unknown): unknown => (saysTimeout(reason) ? new BulkheadTimeout(label, reason) : reason);
    const onTime = (): void =>
      leave(leftMs <= waitMs ? new BulkheadTimeout(label) : new BulkheadFull(label, 'maxWaitMs'));

    const stopTimer = waitMs < Infinity ? clock.after(waitMs, onTime) : null;
    const stopListening = signal === null ? null : onAbort(signal, () => leave(aborted(signal.reason)));
  });
}
