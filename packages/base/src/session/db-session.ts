import type { EntityManager } from 'typeorm';
import type { Executor } from '../executor.js';
import type { CopySpec, ReadSpec, WriteSpec } from '../specs/spec.js';
import type { RowStream } from '../stream/row-stream.js';
import type { StreamSpec } from '../stream/stream-spec.js';
import type { WriteOptions } from '../write-options.js';
import type { Isolation } from './isolation.js';
import type { ReadManager } from './read-manager.js';

/** A transaction that only reads: a unit of work. PostgreSQL refuses what TypeScript lets through. */
export interface DbReadSession {
  readonly kind: 'read' | 'write';
  execute<Result>(spec: ReadSpec<Result>): Promise<Result>;
  /**
   * Rows in partitions, over a cursor that is open until the loop ends, or the dbSession. Other statements may run between
   * two partitions, and other streams; what they change is not seen by those that have begun.
   */
  stream<Data>(spec: StreamSpec<Data>): RowStream<Data>;
  /**
   * SQL with its values as parameters: dbSession.sql`select … where id = ${id}`. Rows are as pg's types make them, and
   * values as pg sends them: an array is an array of PostgreSQL, an object is JSON. Names and pieces that are only
   * sometimes there are put in by `sqlIdentifier` and `sqlFragment`. Throws Misuse for undefined and what is no value.
   */
  sql<Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<readonly Row[]>;
  /**
   * TypeORM on the same connection, in the same transaction. Subscribers hear of the transaction itself only if its manager
   * is used: once, around the real BEGIN and COMMIT or ROLLBACK.
   */
  readonly manager: ReadManager;
}

/** A transaction that writes. */
export interface DbWriteSession extends Omit<DbReadSession, 'execute' | 'manager' | 'kind'>, Executor {
  readonly kind: 'write';
  /** Which try of the closure this is, from 1 on: it is made again, as a whole, when it collided with other transactions. */
  readonly attempt: number;
  /** How far the transaction is kept apart from others. */
  readonly isolation: Isolation;
  execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>, options?: WriteOptions): Promise<Result>;
  /**
   * TypeORM on the same connection, in the same transaction: it neither begins nor commits on its own. Its `transaction`
   * is a `savepoint` of this dbSession: its work uses the manager that it is given. An isolation that this dbSession does
   * not have is refused (Misuse). The manager ends with the dbSession, and so does one that a savepoint's dbSession gave.
   */
  readonly manager: EntityManager;
  /** Stores rows by COPY, and returns how many were stored; null where they cannot be stored so. For specs of several statements. */
  copy(spec: CopySpec): Promise<number | null>;
  /** Runs `work` so that its failure undoes only what it did. Rethrows. */
  savepoint<Result>(work: (dbSession: DbWriteSession) => Promise<Result>): Promise<Result>;
  /**
   * Waits for what is not the database's, no longer than `signal` and `deadlineMs` of this dbSession allow: a transaction
   * that waits keeps its locks. Throws the signal's reason, or DeadlineExceeded.
   */
  waitFor<Result>(other: Promise<Result>): Promise<Result>;
  /**
   * Takes an advisory lock, which the transaction then holds to its end: whoever takes the same name waits, for as long
   * as `lockTimeoutMs` says. Throws AdvisoryLockNotAvailable if that was not long enough, after which nothing but the end
   * of this dbSession, or of its savepoint, is left to do; with `noWait` at once, and then the dbSession can go on.
   */
  lock(name: string, options?: { readonly noWait?: boolean }): Promise<void>;
  /**
   * Runs after the commit, in order, and not at all if there is none; of what is made again, that of the last attempt. What
   * it throws is reported as a process warning: the commit stands. The Database may be used in it as anywhere else.
   */
  afterCommit(work: () => void | Promise<void>): void;
  /**
   * The same once it is known that nothing of this dbSession was committed; of a savepoint that was undone, after the end of
   * the transaction. Neither is run where the outcome of a COMMIT is unknown.
   */
  afterRollback(work: () => void | Promise<void>): void;
}
