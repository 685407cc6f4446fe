import { AsyncLocalStorage } from 'node:async_hooks';
import type { AmbientCall } from './ambient-call.js';

/** What code runs in, for as long as it is open. What outlives it (timers, for instance) keeps the mark. */
export class Surrounding {
  /** The dbSession that it is, or the call. */
  readonly dbSession: object | null;
  readonly call: AmbientCall | null;
  readonly #outer: Surrounding | null = surroundings.getStore() ?? null;
  #isOpen = true;

  constructor(dbSession: object | null, call: AmbientCall | null) {
    this.dbSession = dbSession;
    this.call = call;
  }

  /** The innermost one of the running code that is still open, or null. */
  static get current(): Surrounding | null {
    return Surrounding.#open(surroundings.getStore() ?? null);
  }

  /** The next open one further out. */
  get outer(): Surrounding | null {
    return Surrounding.#open(this.#outer);
  }

  /** Runs work in it, which somebody has to close. */
  enter<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Result {
    return surroundings.run(this, work, argument);
  }

  close(): void {
    this.#isOpen = false;
  }

  /** Runs `work` in it, and closes it when what that returns has settled. */
  run<Result>(work: () => Result): Result {
    const close = (): void => this.close();
    let result: Result;
    try {
      result = surroundings.run(this, work);
    } catch (error) {
      close();
      throw error;
    }
    if (result instanceof Promise) result.then(close, close);
    else close();
    return result;
  }

  static #open(innermost: Surrounding | null): Surrounding | null {
    let one = innermost;
    while (one !== null && !one.#isOpen) one = one.#outer;
    return one;
  }
}

// One storage for both: on Node 20 a promise costs more for each one that a process uses.
const surroundings = new AsyncLocalStorage<Surrounding>();
