import { AsyncLocalStorage } from 'node:async_hooks';
import type { AmbientCall } from './ambient-call.js';

/** What code runs in, for as long as it is open. What outlives it (timers, for instance) keeps the mark. */
export class Surrounding {
  #dbSession: object | null;
  #call: AmbientCall | null;
  // Never one that has closed: work that begins the next piece of work from within itself would string them together.
  readonly #outer: Surrounding | null;
  #isOpen = true;

  constructor(dbSession: object | null, call: AmbientCall | null) {
    this.#dbSession = dbSession;
    this.#call = call;
    this.#outer = Surrounding.current;
  }

  /** The dbSession that it is, if it is one. */
  get dbSession(): object | null {
    return this.#dbSession;
  }

  /** The innermost one of the running code that is still open, or null. */
  static get current(): Surrounding | null {
    return Surrounding.#open(surroundings.getStore() ?? null);
  }

  /** The next open one further out. */
  get outer(): Surrounding | null {
    return Surrounding.#open(this.#outer);
  }

  /** The call of the innermost one that is a call: this one, or one further out. */
  get ambientCall(): AmbientCall | null {
    let one: Surrounding | null = this;
    while (one !== null && one.#call === null) one = one.outer;
    return one === null ? null : one.#call;
  }

  /** The same of dbSessions. */
  get ambientSession(): object | null {
    let one: Surrounding | null = this;
    while (one !== null && one.#dbSession === null) one = one.outer;
    return one === null ? null : one.#dbSession;
  }

  /** Runs work in it, which somebody has to close. */
  enter<Argument, Result>(work: (argument: Argument) => Result, argument: Argument): Result {
    return surroundings.run(this, work, argument);
  }

  close(): void {
    this.#isOpen = false;
    // Whatever was begun in it, a socket for instance, keeps it for as long as that lasts.
    this.#dbSession = null;
    this.#call = null;
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
    if (isThenable(result)) result.then(close, close);
    else close();
    return result;
  }

  static #open(innermost: Surrounding | null): Surrounding | null {
    let one = innermost;
    while (one !== null && !one.#isOpen) one = one.#outer;
    return one;
  }
}

function isThenable(value: unknown): value is PromiseLike<unknown> {
  return typeof (value as { readonly then?: unknown } | null | undefined)?.then === 'function';
}

// One storage for both: on Node 20 a promise costs more for each one that a process uses.
const surroundings = new AsyncLocalStorage<Surrounding>();
