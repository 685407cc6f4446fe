import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import type { OperationEvent } from './operation-event.js';

const name = 'holdfast:operation';
const operations = channel(name);

/** Whether somebody listens. Ask it before building an event on a hot path. */
export function operationsAreObserved(): boolean {
  return operations.hasSubscribers;
}

export function publishOperation(event: OperationEvent): void {
  operations.publish(event);
}

/**
 * Calls `observer` with every event until the returned function is called.
 * An observer that throws is reported once, as a process warning, and never disturbs the operation.
 */
export function observeOperations(observer: (event: OperationEvent) => void): () => void {
  let reported = false;
  const guarded = (event: unknown): void => {
    try {
      observer(event as OperationEvent);
    } catch (error) {
      if (reported) return;
      reported = true;
      process.emitWarning(`An observer of operations failed and goes on being called: ${String(error)}`, {
        code: 'HOLDFAST_OBSERVER_FAILED',
      });
    }
  };
  subscribe(name, guarded);
  return () => void unsubscribe(name, guarded);
}
