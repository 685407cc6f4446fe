import { channel, subscribe, unsubscribe } from 'node:diagnostics_channel';
import { types } from 'node:util';
import type { OperationEvent } from './operation-event.js';

const name = 'holdfast:operation';
const operations = channel(name);

/** Whether somebody listens. Ask it before building an event on a hot path. */
export function operationsAreObserved(): boolean {
  return operations.hasSubscribers;
}

/** Tells all observers; ask `operationsAreObserved` first where the event costs something to make. */
export function publishOperation(event: OperationEvent): void {
  operations.publish(event);
}

/**
 * Calls `observer` with every event until the returned function is called.
 * An observer that throws or rejects is reported once, as a process warning, and never disturbs the operation.
 */
export function observeOperations(observer: (event: OperationEvent) => void): () => void {
  let reported = false;
  const report = (error: unknown): void => {
    if (reported) return;
    reported = true;
    process.emitWarning(`An observer of operations failed and goes on being called: ${textOf(error)}`, {
      code: 'HOLDFAST_OBSERVER_FAILED',
    });
  };
  const guarded = (event: unknown): void => {
    try {
      const result: unknown = observer(event as OperationEvent);
      // An async function fits the type too; most return nothing, and need not be looked at.
      if (result !== undefined && types.isPromise(result)) result.catch(report);
    } catch (error) {
      report(error);
    }
  };
  subscribe(name, guarded);
  return () => void unsubscribe(name, guarded);
}

function textOf(error: unknown): string {
  try {
    return String(error);
  } catch {
    return 'with something that has no text';
  }
}
