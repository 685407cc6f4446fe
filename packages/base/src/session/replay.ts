import { Misuse } from '@holdfast/errors';
import {
  type AmbientCall,
  ambientCall,
  type Clock,
  type Deadline,
  markGivenUp,
  operationsAreObserved,
  publishOperation,
  systemClock,
} from '@holdfast/operation';
import { collisionIn } from './collision.js';

/** How often, and after which delays, a Database makes transactions again that collided with others. */
export interface ReplayArgs {
  /**
   * The most times that a transaction is made when it collides with others (serialization failures, deadlocks, plans that
   * became stale), the first one included. From 1, which leaves it to the caller. Default 10: those that collide with one
   * another get through one by one, so it takes about as many attempts as there are of them in the worst case, and ten
   * come to some four seconds at most, most often to two.
   */
  readonly maxAttempts?: number;
  /** Default `systemClock`. */
  readonly clock?: Clock;
  /** Numbers from 0 to 1 for the delays. Default `Math.random`. */
  readonly random?: () => number;
}

/** What limits the attempts of one call. */
export interface ReplayLimits {
  /** What is made again, for those who observe: the name of a spec, or of a dbSession. */
  readonly operation: string;
  /** The call that it is made for, where the running code may be somebody else's by then. Default: the running code's. */
  readonly call?: AmbientCall | null;
  /** Default: as the Database is set. */
  readonly maxAttempts?: number | undefined;
  readonly signal?: AbortSignal | undefined;
  readonly deadline?: Deadline | null;
}

// As in the repositories of Backend.AI: 20 ms, twofold each time, up to a second; with full jitter, so that what collided
// comes back apart.
const FIRST_DELAY_MS = 20;
const LONGEST_DELAY_MS = 1000;

/** Makes transactions again, as a whole, that collided with others: a small bounded number of times. */
export class Replay {
  readonly clock: Clock;
  readonly #maxAttempts: number;
  readonly #random: () => number;
  readonly #source: object;

  /** `source` is under which its events are published. */
  constructor({ maxAttempts = 10, clock = systemClock, random = Math.random }: ReplayArgs, source: object) {
    this.#source = source;
    this.#maxAttempts = checkedAttempts(maxAttempts);
    this.clock = clock;
    this.#random = random;
  }

  /** Makes attempts, numbered from 1, until one does not collide: see `after`. */
  run<Result>(limits: ReplayLimits, attempt: (attempt: number) => Promise<Result>): Promise<Result> {
    return attempt(1).catch((error: unknown) => this.after(error, limits, attempt));
  }

  /**
   * Goes on after the first attempt has failed with `error`: by other attempts where it collided, or else by throwing it.
   * The last error that there really was is thrown, marked as given up; at once, where a delay does not fit before the
   * deadline or the signal aborts.
   */
  async after<Result>(
    error: unknown,
    limits: ReplayLimits,
    attempt: (attempt: number) => Promise<Result>,
  ): Promise<Result> {
    const maxAttempts = limits.maxAttempts === undefined ? this.#maxAttempts : checkedAttempts(limits.maxAttempts);
    let last = error;
    for (let made = 1; ; made++) {
      const collision = collisionIn(last);
      // Who is content with one attempt may have somebody else who makes others.
      if (collision === null || maxAttempts === 1) throw last;
      if (made >= maxAttempts || !(await this.#waitedAfter(made, collision, limits))) {
        markGivenUp(collision);
        markGivenUp(last);
        throw last;
      }
      try {
        return await attempt(made + 1);
      } catch (newer) {
        last = newer;
      }
    }
  }

  /** Waits until the next attempt is due; false if there shall be none. */
  async #waitedAfter(made: number, collision: Error, limits: ReplayLimits): Promise<boolean> {
    const { signal, deadline = null } = limits;
    if (signal?.aborted) return false;
    const delayMs = this.#random() * Math.min(LONGEST_DELAY_MS, FIRST_DELAY_MS * 2 ** (made - 1));
    if (deadline !== null && delayMs >= deadline.remainingMs) return false;
    this.#tell(limits, made, delayMs, collision);
    try {
      await this.clock.sleep(delayMs, signal ?? null);
    } catch {
      return false;
    }
    return !signal?.aborted;
  }

  #tell({ operation, call = ambientCall() }: ReplayLimits, attempt: number, delayMs: number, error: Error): void {
    const source = this.#source;
    if (operationsAreObserved()) {
      publishOperation({ kind: 'replayed', at: null, operation, source, attempt, delayMs, error });
    }
    if (call?.isHeard === true) call.hear({ kind: 'replayed', attempt, delayMs, error });
  }
}

/** Throws Misuse for a number of attempts that makes no sense. */
export function checkedAttempts(maxAttempts: number): number {
  if (Number.isInteger(maxAttempts) && maxAttempts >= 1) return maxAttempts;
  throw new Misuse(`maxAttempts must be a whole number from 1: it counts all attempts. It is ${String(maxAttempts)}.`);
}
