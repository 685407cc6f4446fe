import { observeOperations, type OperationEvent } from '@holdfast/operation';

/** The events that are published while `work` runs, however it ends. */
export async function observed(work: () => Promise<unknown>): Promise<OperationEvent[]> {
  const events: OperationEvent[] = [];
  const stop = observeOperations((event) => events.push(event));
  try {
    await work();
  } catch {
    // The tests of errors look at them elsewhere.
  } finally {
    stop();
  }
  return events;
}
