import { ambientSession, type CallOptions, withinAmbientSession } from '@holdfast/operation';
import { type CursorCodec, unscoped } from '@holdfast/querier';
import type { DataSource } from 'typeorm';
import { EntityCatalog } from './entity/entity-catalog.js';
import { DatabaseClosed } from './errors/database-closed.js';
import { driverError } from './errors/driver-error.js';
import { executeSpec } from './execute-spec.js';
import type { Executor } from './executor.js';
import { type BeginSession, migrate, migrationsTable } from './migrate.js';
import type { MigrationList } from './migration-list.js';
import { readBeginning, writeBeginning } from './session/begin.js';
import type { DbReadSession, DbWriteSession } from './session/db-session.js';
import { OpenSession } from './session/open-session.js';
import type { ReadSessionOptions, WriteSessionOptions } from './session/session-options.js';
import { Transaction } from './session/transaction.js';
import { pingSpec } from './specs/ping.js';
import type { ReadSpec, WriteSpec } from './specs/spec.js';
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
  #running = 0;
  #whenIdle: (() => void) | null = null;
  #closing: Promise<void> | null = null;
  readonly #sessions = new Set<object>();
  #hooks = 0;

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
    if ('series' in spec) return this.#counted(() => spec.series((each) => this.execute(each, options)));
    return this.#counted(() => executeSpec(this.#pool, this.#catalog, spec, options));
  }

  /** Runs `work` in a transaction that only reads. */
  beginReadonlySession<Result>(
    work: (dbSession: DbReadSession) => Promise<Result>,
    options: ReadSessionOptions = none,
  ): Promise<Result> {
    return this.#counted(() => this.#transact('read', readBeginning(options, this.#catalog), work, options));
  }

  /**
   * Runs `work` in a transaction and commits it if `work` resolves. Callers may make the whole call again after a
   * retryable error, so what `work` does besides SQL belongs into `afterCommit`.
   */
  beginSession<Result>(
    work: (dbSession: DbWriteSession) => Promise<Result>,
    options: WriteSessionOptions = none,
  ): Promise<Result> {
    return this.#counted(() => this.#transact('write', writeBeginning(options, this.#catalog), work, options));
  }

  /**
   * Applies the migrations that are not yet recorded in the table `migrations`, in order of their timestamps, all in one
   * transaction. Any number of processes may call it at once: one works, the others wait and find it done.
   * Returns the names of those that were applied.
   */
  async migrate(migrations: MigrationList): Promise<readonly string[]> {
    const begin: BeginSession = (work) => this.beginSession(work, { rowScope: migrating });
    return migrate(begin, migrationsTable(this.#dataSource), migrations);
  }

  /** Resolves when the database answers. */
  async ping(options?: CallOptions): Promise<void> {
    await this.execute(pingSpec, options);
  }

  poolFigures(): PoolFigures {
    return this.#pool.figures();
  }

  /**
   * Refuses new operations and resolves when those under way have ended, what a running dbSession calls included. The
   * DataSource stays open: it is not ours.
   */
  close(): Promise<void> {
    this.#closing ??=
      this.#running === 0 ? Promise.resolve() : new Promise<void>((resolve) => (this.#whenIdle = resolve));
    return this.#closing;
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
    this.#sessions.add(session);
    let result: Result;
    try {
      result = await withinAmbientSession(session, () => work(session));
    } catch (error) {
      await transaction.rollback();
      // What came through TypeORM, too, can be worth another try.
      throw driverError(error, 'open') as Error;
    } finally {
      this.#sessions.delete(session);
    }
    try {
      await transaction.commit();
    } catch (error) {
      await transaction.rollback();
      throw error;
    }
    this.#hooks++;
    await session.committed();
    this.#hooks--;
    return result;
  }

  /** Whether a call may be part of one that `close` waits for: of an open dbSession, or of what follows a commit. */
  #belongsToRunning(): boolean {
    const ambient = ambientSession();
    return this.#hooks > 0 || (ambient !== null && this.#sessions.has(ambient));
  }

  /** Keeps count of what is under way, for `close`. */
  #counted<Result>(start: () => Promise<Result>): Promise<Result> {
    if (this.#closing !== null && !this.#belongsToRunning()) return Promise.reject(new DatabaseClosed());
    let running: Promise<Result>;
    try {
      running = start();
    } catch (error) {
      return Promise.reject(error as Error);
    }
    this.#running++;
    running.then(this.#ended, this.#ended);
    return running;
  }

  readonly #ended = (): void => {
    if (--this.#running === 0) this.#whenIdle?.();
  };
}

const none = Object.freeze({});

const migrating = unscoped('migrations change the rows of all tenants');
