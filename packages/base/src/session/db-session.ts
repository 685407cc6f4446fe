import type { EntityManager } from 'typeorm';
import type { Executor } from '../executor.js';
import type { ReadSpec, WriteSpec } from '../specs/spec.js';

/** TypeORM's EntityManager, as far as it only reads. */
export type ReadManager = Pick<
  EntityManager,
  | 'find'
  | 'findBy'
  | 'findOne'
  | 'findOneBy'
  | 'findOneOrFail'
  | 'findOneByOrFail'
  | 'findAndCount'
  | 'findAndCountBy'
  | 'count'
  | 'countBy'
  | 'exists'
  | 'existsBy'
  | 'createQueryBuilder'
>;

/** A transaction that only reads: a unit of work. PostgreSQL refuses what TypeScript lets through. */
export interface DbReadSession {
  readonly kind: 'read' | 'write';
  execute<Result>(spec: ReadSpec<Result>): Promise<Result>;
  /** SQL with its values as parameters: dbSession.sql`select … where id = ${id}`. Rows are as pg's types make them. */
  sql<Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<readonly Row[]>;
  /** TypeORM on the same connection, in the same transaction. */
  readonly manager: ReadManager;
}

/** A transaction that writes. */
export interface DbWriteSession extends Omit<DbReadSession, 'execute' | 'manager' | 'kind'>, Executor {
  readonly kind: 'write';
  execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>): Promise<Result>;
  /** TypeORM on the same connection, in the same transaction: it neither begins nor commits on its own. */
  readonly manager: EntityManager;
  /** Runs `work` so that its failure undoes only what it did. Rethrows. */
  savepoint<Result>(work: (dbSession: DbWriteSession) => Promise<Result>): Promise<Result>;
  /**
   * Takes an advisory lock, which the transaction then holds to its end: whoever takes the same name waits, for as long
   * as `lockTimeoutMs` says. Throws AdvisoryLockNotAvailable if that was not long enough, after which nothing but the end
   * of this dbSession, or of its savepoint, is left to do; with `noWait` at once, and then the dbSession can go on.
   */
  lock(name: string, options?: { readonly noWait?: boolean }): Promise<void>;
  /** Runs after the commit, in order. What it throws is reported as a process warning: the commit stands. */
  afterCommit(work: () => void | Promise<void>): void;
}
