import { AsyncLocalStorage } from 'node:async_hooks';
import type { AmbientCall } from './ambient-call.js';

/** What code runs in, for as long as it is open. What outlives it (timers, for instance) keeps the mark. */
export interface Surrounding {
  /** The dbSession that it is, or the call. */
  readonly dbSession: object | null;
  readonly call: AmbientCall | null;
  readonly outer: Surrounding | null;
  isOpen: boolean;
}

// One storage for both: on Node 20 each further one makes every promise of the process dearer.
const surroundings = new AsyncLocalStorage<Surrounding>();

/** The innermost surrounding of the running code that is still open, or null. */
export function surrounding(): Surrounding | null {
  return open(surroundings.getStore() ?? null);
}

/** The next open one further out. */
export function surroundingOf(inner: Surrounding): Surrounding | null {
  return open(inner.outer);
}

/** Runs `work` in a surrounding that is open until what it returns has settled. */
export function within<Result>(dbSession: object | null, call: AmbientCall | null, work: () => Result): Result {
  const inside: Surrounding = { dbSession, call, outer: surroundings.getStore() ?? null, isOpen: true };
  const end = (): void => void (inside.isOpen = false);
  let result: Result;
  try {
    result = surroundings.run(inside, work);
  } catch (error) {
    end();
    throw error;
  }
  if (result instanceof Promise) result.then(end, end);
  else end();
  return result;
}

function open(innermost: Surrounding | null): Surrounding | null {
  let one = innermost;
  while (one !== null && !one.isOpen) one = one.outer;
  return one;
}
