import { type Database, DeadlineExceeded } from '@holdfast/base';
import { CircuitOpen, type Resilience } from '@holdfast/resilience';
import { NotReady, PoolBusy } from './http/request-refused.js';
import { POOL_SIZE } from './pool-size.js';
import { untilAborted } from './until-aborted.js';

const READY_WITHIN_MS = 2_000;

/** Whether requests can be served: the database answers within two seconds, and no circuit breaker keeps them from it. */
export class Readiness {
  readonly #database: Database;
  readonly #resilience: Resilience;
  #asking: Promise<void> | null = null;

  /** `resilience` is what the question goes through. */
  constructor(database: Database, resilience: Resilience) {
    this.#database = database;
    this.#resilience = resilience;
  }

  /** Throws `PoolBusy` if every connection is in use, and `NotReady` if the database does not answer. */
  async check(): Promise<void> {
    const limit = AbortSignal.timeout(READY_WITHIN_MS);
    try {
      await untilAborted(this.#ask(), limit);
    } catch (error) {
      if (error instanceof CircuitOpen) {
        throw new NotReady('The circuit breaker is open: the database has failed too often.', error);
      }
      const { total, idle } = this.#database.poolFigures();
      if (total >= POOL_SIZE && idle === 0) throw new PoolBusy(error);
      const isLate = limit.aborted || error instanceof DeadlineExceeded;
      throw new NotReady(isLate ? 'The database does not answer in time.' : 'The database cannot be reached.', error);
    }
  }

  /** Questions that nobody answers must not use up the connections: one is asked at a time, for all. */
  #ask(): Promise<void> {
    const ping = (): Promise<void> => this.#database.ping({ deadlineMs: READY_WITHIN_MS });
    this.#asking ??= this.#resilience.execute('ping', ping).finally(() => (this.#asking = null));
    return this.#asking;
  }
}
