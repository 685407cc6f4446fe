import { AsyncLocalStorage } from 'node:async_hooks';
import { Misuse } from '@holdfast/errors';
import { AdvisoryLockNotAvailable } from '../errors/advisory-lock-not-available.js';
import type { ConnectionPool } from '../wire/connection-pool.js';
import type { LockHolder } from './lock-holder.js';
import type { LockLimits } from './lock-limits.js';
import { type AdvisoryLock, type LockedWork, withAdvisoryLock } from './with-advisory-lock.js';

/** A lock that is held, and the one that it was asked for under. */
interface Held {
  readonly name: string;
  readonly outer: Held | null;
  /** How many locks are asked for under it that find no connection free for them. */
  waiting: number;
}

/** The advisory locks of a Database: they leave its pool at least one connection for the work under them. */
export class HeldLocks {
  readonly #pool: ConnectionPool;
  readonly #held = new Set<Held>();
  readonly #innermost = new AsyncLocalStorage<Held>();
  #attempts = 0;

  constructor(pool: ConnectionPool) {
    this.#pool = pool;
  }

  /** As `Database.withAdvisoryLock`. */
  async run<Result>(lock: AdvisoryLock, work: LockedWork<Result>, options: LockLimits): Promise<Result> {
    const most = this.#pool.figures().max - 1;
    const around = this.#around();
    if (around.length >= most) throw tooDeep(around.length);
    if (options.waitMs !== 0 && around.some(({ name }) => name === lock.name)) {
      throw new Misuse('This advisory lock is asked for by the work that it is held for, which would wait for itself.');
    }
    const held: Held = { name: lock.name, outer: around[0] ?? null, waiting: 0 };
    const waiting = new Waiting(around);
    try {
      return await withAdvisoryLock(
        this.#pool,
        lock,
        (...given) => this.#innermost.run(held, () => work(...given)),
        options,
        async (take) => {
          if (this.#held.size + this.#attempts >= most) {
            waiting.begin();
            if (this.#isStuck()) throw new AdvisoryLockNotAvailable(lock.name);
            return null;
          }
          waiting.end();
          return this.#attempt(held, take);
        },
      );
    } finally {
      waiting.end();
      this.#held.delete(held);
    }
  }

  async #attempt(held: Held, take: () => Promise<LockHolder | null>): Promise<LockHolder | null> {
    this.#attempts++;
    try {
      const holder = await take();
      if (holder !== null) this.#held.add(held);
      return holder;
    } finally {
      this.#attempts--;
    }
  }

  /** The locks that the running code works under, the innermost first. */
  #around(): readonly Held[] {
    const around: Held[] = [];
    for (let one = this.#innermost.getStore() ?? null; one !== null; one = one.outer) {
      if (this.#held.has(one)) around.push(one);
    }
    return around;
  }

  /** Whether all of those that hold a lock wait for another one to end. */
  #isStuck(): boolean {
    return this.#attempts === 0 && [...this.#held].every(({ waiting }) => waiting > 0);
  }
}

/** That work waits for a connection to hold a lock on, while it holds others. */
class Waiting {
  readonly #around: readonly Held[];
  #isOn = false;

  constructor(around: readonly Held[]) {
    this.#around = around;
  }

  begin(): void {
    if (this.#isOn) return;
    this.#isOn = true;
    for (const held of this.#around) held.waiting++;
  }

  end(): void {
    if (!this.#isOn) return;
    this.#isOn = false;
    for (const held of this.#around) held.waiting--;
  }
}

function tooDeep(locks: number): Misuse {
  const around = locks === 0 ? '' : ` under ${locks} of them`;
  return new Misuse(
    `An advisory lock${around} takes a connection, and its work another: the pool has too few (max: ${locks + 1}).`,
  );
}
