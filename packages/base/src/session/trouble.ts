import { Misuse } from '@holdfast/errors';
import type pg from 'pg';
import { AmbiguousCommitError, SerializationFailure, TransactionAborted } from '../errors/database-error.js';
import { DeadlineExceeded } from '../errors/deadline-exceeded.js';
import { driverError, runError } from '../errors/driver-error.js';
import type { Phase } from '../errors/phase.js';
import { needsFence } from '../wire/cancel-fence.js';
import { transactionStatus } from '../wire/connection-pool.js';
import type { RowSink } from '../wire/row-sink.js';
import type { RunFailure } from '../wire/run-failure.js';
import { isLimited, type RunLimits, whyGivenUp } from '../wire/run-limits.js';
import { because } from './because.js';
import { collisionIn } from './collision.js';
import { wraps } from './wraps.js';

/** What has gone wrong in a transaction: what can still be done with it, and how its errors are told. */
export class Trouble {
  /** Of its statements: of a transaction that only reads, nothing is ever left behind. */
  readonly #phase: Phase;
  // Why it can only be undone: a statement without an answer, a BEGIN that did not take, an undoing that failed.
  #broken: Error | null = null;
  // Whether not even ROLLBACK can be relied upon.
  #isLost = false;
  // Why it was given up while a statement ran, if it was.
  #givenUp: Error | null = null;
  // What the statement failed with that made the server refuse all others, if one did.
  #lastFailure: Error | null = null;

  constructor(phase: Phase) {
    this.#phase = phase;
  }

  /** Why it can only be undone, or null. */
  get broken(): Error | null {
    return this.#broken;
  }

  /** Whether not even ROLLBACK can be relied upon. */
  get isLost(): boolean {
    return this.#isLost;
  }

  /** Why it was given up while a statement ran, or null. */
  get givenUp(): Error | null {
    return this.#givenUp;
  }

  /** Why a server that was asked to commit has rolled back. */
  get refusal(): Error {
    return because(this.#lastFailure);
  }

  /** From now on it can only be undone, and whoever goes on with it is told why. */
  breakOff(reason: Error): void {
    this.#broken ??= reason;
  }

  readonly giveUp = (reason: Error): void => {
    this.#givenUp ??= reason;
    this.breakOff(reason);
  };

  /** A COMMIT or ROLLBACK that came through among the statements has ended it; which of them, and when, nobody says. */
  lookAt(client: pg.PoolClient): void {
    if (transactionStatus(client) !== 'I') return;
    const misuse = new Misuse('A statement has ended the transaction of its dbSession.');
    this.breakOff(this.#phase === 'reading' ? misuse : new AmbiguousCommitError(misuse));
  }

  /** Whether it collided with others so that it cannot go on, whatever was made of the error. Null if it did not. */
  collisionOn(client: pg.PoolClient | null): Error | null {
    const goesOn = this.#broken === null && (client === null || transactionStatus(client) === 'T');
    return goesOn ? null : collisionIn(this.#broken ?? this.#lastFailure);
  }

  /** What a statement came to. Throws our errors. */
  made(client: pg.PoolClient, failure: RunFailure | null, sink: RowSink, limits: RunLimits): RowSink {
    if (failure?.kind === 'canceled') {
      this.giveUp(failure.error);
      throw failure.error;
    }
    if (isLimited(limits) && needsFence(client)) {
      // What was answered all the same is the caller's; the cancel may hit what comes next.
      this.giveUp(whyGivenUp(limits) ?? new DeadlineExceeded());
    }
    if (failure === null) return sink;
    const error = this.explained(runError(failure, this.#phase)) as Error;
    this.#isLost ||= failure.kind === 'lost' || failure.kind === 'not-sent';
    // Without a transaction what comes next would commit itself.
    if (this.#isLost || transactionStatus(client) === 'I') this.breakOff(error);
    this.#note(error);
    throw error;
  }

  /** Our error for what a statement failed with; for one that failed as another had failed before, that other. */
  explained(error: unknown): unknown {
    if (this.#givenUp !== null && wraps(error, this.#givenUp)) return this.#givenUp;
    const known = driverError(error, this.#phase);
    const first = this.#lastFailure;
    return known instanceof TransactionAborted && known.sqlState !== null && first !== null ? because(first) : known;
  }

  /** Remembers what pg or TypeORM failed with. */
  noteByDriver(error: unknown): void {
    this.#note(driverError(error, this.#phase));
  }

  #note(known: unknown): void {
    if (!(known instanceof Error) || known instanceof TransactionAborted) return;
    this.#lastFailure = known;
    // What has been read need not have been so; not even a savepoint that is undone makes up for that (PostgreSQL 13.2.3).
    if (known instanceof SerializationFailure) this.breakOff(known);
  }
}
