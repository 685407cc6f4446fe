import { type CallOptions, withinAmbientSession } from '@holdfast/operation';
import { type CursorCodec, unscoped } from '@holdfast/querier';
import type { DataSource } from 'typeorm';
import { EntityCatalog } from './entity/entity-catalog.js';
import { driverError } from './errors/driver-error.js';
import { executeSpec } from './execute-spec.js';
import type { Executor } from './executor.js';
import { advisoryLockKey } from './locks/advisory-lock-key.js';
import type { AdvisoryLockOptions } from './locks/advisory-lock-options.js';
import { withAdvisoryLock } from './locks/with-advisory-lock.js';
import { migrate } from './migrations/migrate.js';
import type { MigrationList } from './migrations/migration-list.js';
import type { MigrateOptions, MigrationOptions, RevertTarget } from './migrations/migration-options.js';
import { MigrationRecords } from './migrations/migration-records.js';
import { outsideOfTransaction } from './migrations/outside-of-transaction.js';
import { revertMigrations } from './migrations/revert-migrations.js';
import { migrationLock, type MigrationRunner } from './migrations/run-migrations.js';
import { pingDatabase } from './ping-database.js';
import { readBeginning, writeBeginning } from './session/begin.js';
import type { DbReadSession, DbWriteSession } from './session/db-session.js';
import { OpenSession } from './session/open-session.js';
import type { ReadSessionOptions, WriteSessionOptions } from './session/session-options.js';
import { Transaction } from './session/transaction.js';
import type { ReadSpec, WriteSpec } from './specs/spec.js';
import { UnderWay } from './under-way.js';
import type { WriteOptions } from './write-options.js';
import { ConnectionPool, type PoolFigures } from './wire/connection-pool.js';
import type { Step } from './wire/statement.js';
import { StatementPolicy, type StatementPolicyOptions } from './wire/statement-policy.js';

export interface DatabaseOptions extends StatementPolicyOptions {
  /** Signs the cursors of pages. Without one, pages by cursor are refused. */
  readonly cursors?: CursorCodec;
}

/**
 * The only opener of transactions, over a DataSource that the application owns. Give the DataSource `guardedPool()`;
 * with another client everything works, over pg's own and slower path.
 */
export class Database implements Executor {
  readonly #dataSource: DataSource;
  readonly #pool: ConnectionPool;
  readonly #catalog: EntityCatalog;
  readonly #underWay = new UnderWay();

  constructor(dataSource: DataSource, options: DatabaseOptions = {}) {
    this.#dataSource = dataSource;
    this.#pool = new ConnectionPool(dataSource, new StatementPolicy(options));
    this.#catalog = new EntityCatalog(dataSource, options.cursors ?? null);
  }

  /**
   * Executes one spec as a transaction of its own: in one trip, where it is one statement. Only what says so of itself
   * takes a transaction for each of its parts.
   */
  execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>, options: WriteOptions = none): Promise<Result> {
    if ('unit' in spec) return this.beginSession((dbSession) => spec.unit(dbSession), options);
    if ('series' in spec) return this.#underWay.compound(() => spec.series((each) => this.execute(each, options)));
    return this.#underWay.call(() => executeSpec(this.#pool, this.#catalog, spec, options));
  }

  /** Runs `work` in a transaction that only reads. */
  beginReadonlySession<Result>(
    work: (dbSession: DbReadSession) => Promise<Result>,
    options: ReadSessionOptions = none,
  ): Promise<Result> {
    return this.#underWay.call(() => this.#transact('read', readBeginning(options, this.#catalog), work, options));
  }

  /**
   * Runs `work` in a transaction and commits it if `work` resolves. Callers may make the whole call again after a
   * retryable error, so what `work` does besides SQL belongs into `afterCommit`.
   */
  beginSession<Result>(
    work: (dbSession: DbWriteSession) => Promise<Result>,
    options: WriteSessionOptions = none,
  ): Promise<Result> {
    return this.#underWay.call(() => this.#transact('write', writeBeginning(options, this.#catalog), work, options));
  }

  /**
   * Runs `work` while nobody else runs theirs under the same name, in this database and in whichever process. The lock is
   * one of PostgreSQL's advisory locks, which a transaction on a connection of its own holds: it is safe behind poolers,
   * and free as soon as this process is gone. What `work` does on the database takes other connections.
   *
   * The `signal` that `work` is given aborts when that connection is lost, and the lock with it: the call then throws
   * AdvisoryLockLost once `work` has ended, whatever became of it. Throws AdvisoryLockNotAvailable if the lock is not to
   * be had within `waitMs`. Whoever waits keeps no connection, and asks again at least twice a second; there is no queue.
   * For a lock that lasts as long as one transaction see `DbWriteSession.lock`.
   */
  async withAdvisoryLock<Result>(
    name: string,
    work: (signal: AbortSignal) => Promise<Result>,
    options: AdvisoryLockOptions = none,
  ): Promise<Result> {
    const lock = { name, key: advisoryLockKey(name) };
    return this.#underWay.compound(() => withAdvisoryLock(this.#pool, lock, work, options), name);
  }

  /**
   * Applies the migrations that are not yet recorded in the table `migrations`, in order of their timestamps, all in one
   * transaction: one that is older than what is applied, too, as TypeORM does. Any number of processes may call it at
   * once: one works, the others wait and find it done. Returns the names of those that were applied.
   *
   * A migration with `transaction = false`, for CREATE INDEX CONCURRENTLY and the like, divides the others into
   * transactions before and after it. It takes two connections, one of which holds the lock. If it is interrupted it is
   * not recorded and runs again, so it must undo first what it may have left.
   *
   * Throws MigrationFailed with what a migration threw as its cause, and Misuse for a list that makes no sense.
   */
  migrate(migrations: MigrationList, options: MigrateOptions = none): Promise<readonly string[]> {
    return this.#underWay.compound(() => migrate(this.#migrationRunner(), migrations, options));
  }

  /**
   * Undoes migrations by their `down`, the last applied first, guarded and in transactions as `migrate` is. Returns the
   * names of those that were undone. Throws Misuse, and undoes nothing, if one of them is not in the list.
   */
  revertMigrations(
    migrations: MigrationList,
    target: RevertTarget,
    options: MigrationOptions = none,
  ): Promise<readonly string[]> {
    return this.#underWay.compound(() => revertMigrations(this.#migrationRunner(), migrations, target, options));
  }

  /**
   * Resolves when the database answers, on a connection of the pool. `deadlineMs`, 5 000 by default, and `signal` end the
   * waiting for the answer, too: a connection that owes one is closed.
   */
  ping(options: CallOptions = none): Promise<void> {
    return this.#underWay.call(() => pingDatabase(this.#pool, options));
  }

  /** How busy the pool is at this moment; for gauges and readiness. */
  poolFigures(): PoolFigures {
    return this.#pool.figures();
  }

  /**
   * Refuses new operations (DatabaseClosed) and resolves when those under way have ended, what a running dbSession, lock
   * or migration calls included. The DataSource stays open: it is not ours.
   *
   * Throws StillRunning, which says what is still under way, when `signal` aborts or `deadlineMs` have passed before
   * that. Nothing is cut, and operations stay refused: close again to wait on, or destroy the DataSource.
   */
  close(options: CallOptions = none): Promise<void> {
    return this.#underWay.close(options);
  }

  #migrationRunner(): MigrationRunner {
    return {
      records: new MigrationRecords(this.#dataSource),
      beginSession: (work) => this.beginSession(work, { rowScope: migrating }),
      underLock: (work, options) => {
        const outside = (lockLost: AbortSignal): ReturnType<typeof work> =>
          outsideOfTransaction(this.#dataSource, this.#pool, (runner) => work(runner, lockLost));
        return withAdvisoryLock(this.#pool, migrationLock, outside, options);
      },
    };
  }

  async #transact<Result>(
    kind: 'read' | 'write',
    beginning: readonly Step[],
    work: (dbSession: DbWriteSession) => Promise<Result>,
    options: WriteOptions,
  ): Promise<Result> {
    options.signal?.throwIfAborted();
    const transaction = new Transaction(kind, this.#pool, beginning, options);
    const { actor = null } = options;
    const shared = { transaction, catalog: this.#catalog, dataSource: this.#dataSource, actor, manager: null };
    const session = new OpenSession(kind, shared);
    this.#underWay.sessionBegan(session);
    let result: Result;
    try {
      result = await withinAmbientSession(session, () => work(session));
    } catch (error) {
      await transaction.rollback();
      // What came through TypeORM, too, can be worth another try.
      throw driverError(error, 'open') as Error;
    } finally {
      this.#underWay.sessionEnded(session);
    }
    try {
      await transaction.commit();
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    await this.#underWay.hooks(() => session.committed());
    return result;
  }
}

const none = Object.freeze({});

const migrating = unscoped('migrations change the rows of all tenants');
