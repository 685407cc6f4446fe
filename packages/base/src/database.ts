import { isHoldfastError, Misuse } from '@holdfast/errors';
import { type CallOptions, checkCallOptions, Deadline } from '@holdfast/operation';
import { type CursorCodec, unscoped } from '@holdfast/querier';
import type { DataSource } from 'typeorm';
import { EntityCatalog } from './entity/entity-catalog.js';
import { DeadlineExceeded } from './errors/deadline-exceeded.js';
import { Commits } from './commit/commits.js';
import { tellingOfCommits } from './commit/telling-of-commits.js';
import { executePlan } from './execute-plan.js';
import { executeWrite } from './execute-write.js';
import { KeyedWrite } from './operation-keys/keyed-write.js';
import type { ExplainOptions } from './explain/explain-options.js';
import { explainSpec } from './explain/explain-spec.js';
import type { QueryPlan } from './explain/query-plan.js';
import type { Executor } from './executor.js';
import { advisoryLockKey } from './locks/advisory-lock-key.js';
import type { AdvisoryLockOptions } from './locks/advisory-lock-options.js';
import { HeldLocks } from './locks/held-locks.js';
import type { LockedWork } from './locks/with-advisory-lock.js';
import { migrate } from './migrations/migrate.js';
import type { MigrationList } from './migrations/migration-list.js';
import type { MigrateOptions, MigrationOptions, RevertTarget } from './migrations/migration-options.js';
import { MigrationRecords } from './migrations/migration-records.js';
import { outsideOfTransaction } from './migrations/outside-of-transaction.js';
import { revertMigrations } from './migrations/revert-migrations.js';
import { migrationLock, type MigrationRunner } from './migrations/run-migrations.js';
import { type OperationWatch, operationWatch } from './operation-watch.js';
import { pingDatabase } from './ping-database.js';
import type { DbReadSession, DbWriteSession } from './session/db-session.js';
import { Replay, type ReplayArgs } from './session/replay.js';
import type { ReadSessionOptions, WriteSessionOptions } from './session/session-options.js';
import { Sessions } from './session/sessions.js';
import type { ReadSpec, SeriesWrite, StatementWrite, UnitWrite, WriteSpec } from './specs/spec.js';
import type { RowStream } from './stream/row-stream.js';
import { streamInSession } from './stream/stream-in-session.js';
import type { StreamSpec } from './stream/stream-spec.js';
import { UnderWay } from './under-way.js';
import { type Begun, lockWithinCall, withinCall } from './ambient-limits.js';
import type { WriteOptions } from './write-options.js';
import { ConnectionPool, type Connections, poolOf } from './wire/connection-pool.js';
import type { PoolFigures } from './wire/pool-figures.js';
import { StatementPolicy, type StatementPolicyOptions } from './wire/statement-policy.js';

/** What a Database may be told: how statements are prepared, and how often collided transactions are made again. */
export interface DatabaseOptions extends StatementPolicyOptions, ReplayArgs {
  /** Signs the cursors of pages. Without one, pages by cursor are refused. */
  readonly cursors?: CursorCodec;
  /**
   * Milliseconds from which on an operation is slow: it is told on the operation channel, with the Database as its source
   * (`OperationSlow`), for `observeOperations`. Default: none is.
   */
  readonly slowOperationMs?: number;
  /**
   * Whether every operation is told on the operation channel when it has ended (`OperationExecuted`), with its statements
   * and how long it waited for a connection. It costs an event for each operation while somebody observes. Default false.
   */
  readonly tellOperations?: boolean;
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
  readonly #replay: Replay;
  readonly #locks: HeldLocks;
  readonly #sessions: Sessions;
  readonly #watch: OperationWatch | null;
  readonly #commits: Commits;

  constructor(dataSource: DataSource, options: DatabaseOptions = {}) {
    this.#dataSource = dataSource;
    const policy = new StatementPolicy(options);
    this.#pool = new ConnectionPool(dataSource, policy);
    this.#catalog = new EntityCatalog(dataSource, options.cursors ?? null);
    this.#replay = new Replay(options, this);
    this.#locks = new HeldLocks(this.#pool);
    this.#watch = operationWatch(options, this);
    this.#commits = new Commits({ poolOf: () => poolOf(dataSource), policy, clock: this.#replay.clock, source: this });
    this.#sessions = new Sessions({
      dataSource,
      pool: this.#pool,
      catalog: this.#catalog,
      replay: this.#replay,
      underWay: this.#underWay,
      commits: this.#commits,
    });
  }

  /**
   * Executes one spec as a transaction of its own. What is one statement takes one trip, and a write a second one for its
   * COMMIT, unless `commit` says otherwise or its key is made here. Only what says so of itself takes a transaction for
   * each of its parts. What collided with other transactions is made again, as in `beginSession`. Where it is part of a call
   * with a deadline or a signal (`@holdfast/resilience`), those end it too.
   * Throws Misuse within a dbSession of this Database, unless the options say `separate`.
   */
  execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>, own: WriteOptions = none): Promise<Result> {
    if ('series' in spec) return this.#underWay.compound(() => this.#series(spec, this.#begun(own)));
    const start = (): Promise<Result> => {
      const options = this.#begun(own);
      this.#sessions.refuseWithin('execute', options);
      return this.#watched(spec.name, (connections) =>
        'unit' in spec ? this.#unit(connections, spec, options) : this.#statement(connections, spec, options),
      );
    };
    return this.#underWay.call(start, spec.kind === 'write' ? tellingOfCommits(own) : null);
  }

  /** Runs `work` in a transaction that only reads; otherwise as `beginSession`. */
  beginReadonlySession<Result>(
    work: (dbSession: DbReadSession) => Promise<Result>,
    own: ReadSessionOptions = none,
  ): Promise<Result> {
    return this.#underWay.call(() => {
      const options = this.#begun(own);
      const { name = 'beginReadonlySession' } = options;
      return this.#watched(name, (connections) => this.#sessions.read(work, options, connections));
    });
  }

  /**
   * Rows in partitions, in a transaction of their own that only reads: it begins when the first partition is asked for and
   * ends with the loop, with `signal` or with `deadlineMs`, which counts from then on. Nothing is ever handed out twice:
   * after the first partition a failure is final. A connection is taken for as long as the loop goes on.
   */
  stream<Data>(spec: StreamSpec<Data>, options: ReadSessionOptions = none): RowStream<Data> {
    const settings = { name: spec.name, ...options, snapshot: true };
    return streamInSession((work) => this.beginReadonlySession(work, settings), spec, options);
  }

  /**
   * Runs `work` in a transaction and commits it if `work` resolves. When the transaction collides with others, `work` is
   * run again as a whole in a new one, up to `maxAttempts` times, so what it does besides SQL belongs into `afterCommit`.
   * The error of the last attempt is marked: a RetryPolicy does not multiply the attempts.
   *
   * Throws Misuse within another dbSession of this Database (`dbSession.savepoint` is what nests), unless the options say
   * `separate`: it would take a second connection, and wait for ever for what the first one has locked.
   */
  beginSession<Result>(
    work: (dbSession: DbWriteSession) => Promise<Result>,
    own: WriteSessionOptions = none,
  ): Promise<Result> {
    const start = (): Promise<Result> => {
      const options = this.#begun(own);
      const { name = 'beginSession' } = options;
      const key = keyOfSession(options);
      return this.#watched(name, (connections) => this.#sessions.write(work, options, connections, key));
    };
    return this.#underWay.call(start, tellingOfCommits(own));
  }

  /**
   * Runs `work` while nobody else runs theirs under the same name, in this database and in whichever process. The lock is
   * one of PostgreSQL's advisory locks, which a transaction on a connection of its own holds: it is safe behind poolers,
   * and free as soon as this process is gone. What `work` does on the database takes other connections.
   *
   * The `signal` that `work` is given aborts when that connection is lost, and the lock with it: the call then throws
   * AdvisoryLockLost once `work` has ended, whatever became of it. Between the loss and the signal there is a moment in
   * which somebody else may hold the lock: `await confirm()` before what cannot be taken back.
   *
   * At most as many are held at once as the pool has connections but one, which is left for the work; others wait. Throws
   * Misuse for a pool of one connection, for more locks within each other than it has connections for, and for a lock that
   * the work asks for under which it runs, unless by `waitMs: 0`.
   *
   * Throws AdvisoryLockNotAvailable if the lock is not to be had within `waitMs`, or if all who hold locks wait for a
   * connection to hold another one. Whoever waits keeps no connection, and
   * asks again at least twice a second; there is no queue. Where it is part of a call with a deadline or a signal
   * (`@holdfast/resilience`), those end the waiting, too: nothing is begun once the caller has been told that the time was
   * over, which is DeadlineExceeded here. For a lock that lasts as long as one transaction, and within a
   * dbSession, see `DbWriteSession.lock`.
   */
  async withAdvisoryLock<Result>(
    name: string,
    work: LockedWork<Result>,
    options: AdvisoryLockOptions = none,
  ): Promise<Result> {
    const lock = { name, key: advisoryLockKey(name) };
    this.#sessions.refuseWithin('withAdvisoryLock', options);
    return this.#underWay.compound(() => this.#locks.run(lock, work, lockWithinCall(options)), name);
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
    return this.#underWay.call(() => pingDatabase(this.#pool, this.#begun(options)));
  }

  /**
   * The plan that PostgreSQL has for a spec of one statement, as data: of one that writes, too, which is never executed.
   * It is asked for in a transaction that only reads, within the scope of the spec, as the role of the connection. Throws
   * Misuse for a spec of several statements, and for one that writes if it shall be analyzed.
   */
  explain(spec: ReadSpec<unknown> | WriteSpec<unknown>, options: ExplainOptions = none): Promise<QueryPlan> {
    return this.#underWay.call(() => explainSpec(this.#pool, this.#catalog, spec, this.#begun(options)));
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
  async close(options: CallOptions = none): Promise<void> {
    checkCallOptions(options);
    const { signal, deadlineMs } = options;
    await this.#underWay.close({ signal, deadline: deadlineMs === undefined ? null : Deadline.after(deadlineMs) });
    await this.#commits.close();
  }

  #statement<Result>(
    pool: Connections,
    spec: ReadSpec<Result> | StatementWrite<Result>,
    options: Begun<WriteOptions>,
  ): Promise<Result> {
    const parts = { pool, catalog: this.#catalog, replay: this.#replay, commits: this.#commits };
    if (spec.kind === 'write') return executeWrite(parts, spec, options);
    return executePlan(pool, spec.plan(this.#catalog), false, options, this.#replay, spec.name);
  }

  #unit<Result>(connections: Connections, spec: UnitWrite<Result>, options: Begun<WriteOptions>): Promise<Result> {
    const work = (dbSession: DbWriteSession): Promise<Result> => spec.unit(dbSession);
    const key = this.#keyed(spec, options);
    const settings = { ...options, name: spec.name };
    const done = spec.isRepeatable
      ? this.#sessions.write(work, settings, connections, key)
      : this.#sessions.writeOnce(work, settings, connections, key);
    if (spec.failure === undefined) return done;
    return done.catch((error: unknown) => {
      throw isHoldfastError(error) ? spec.failure!(error, this.#catalog) : error;
    });
  }

  #keyed(spec: UnitWrite<unknown>, { operationKey, actor }: Omit<WriteOptions, keyof CallOptions>): KeyedWrite | null {
    if (operationKey === undefined) return null;
    const payload = spec.payload?.(this.#catalog, actor ?? null);
    return new KeyedWrite(operationKey, { operation: spec.name, scope: spec.scopeDigest?.(), payload, actor });
  }

  /** All parts share the deadline, and a signal ends it between two of them. */
  async #series<Result>(spec: SeriesWrite<Result>, options: Begun<WriteOptions>): Promise<Result> {
    if (options.operationKey !== undefined) {
      throw new Misuse(`${spec.name} is many transactions, and an operation key is that of one.`);
    }
    const { signal, deadline = null, ...rest } = options;
    return spec.series(async (each) => {
      signal?.throwIfAborted();
      if (deadline?.passed) throw new DeadlineExceeded();
      const left = { ...(signal && { signal }), ...(deadline && { deadlineMs: deadline.remainingMs }) };
      return this.execute(each, { ...rest, ...left });
    });
  }

  #begun<Options extends CallOptions>(options: Options): Begun<Options> {
    return withinCall(options, this.#replay.clock);
  }

  #watched<Result>(operation: string, run: (connections: Connections) => Promise<Result>): Promise<Result> {
    return this.#watch === null ? run(this.#pool) : this.#watch.watch(operation, this.#pool, run);
  }

  #migrationRunner(): MigrationRunner {
    return {
      records: new MigrationRecords(this.#dataSource),
      beginSession: (work) => this.beginSession(work, { rowScope: migrating }),
      underLock: (work, options) =>
        this.#locks.run(
          migrationLock,
          (_signal, confirm) =>
            outsideOfTransaction(this.#dataSource, this.#pool, (queryRunner) => work(queryRunner, confirm)),
          options,
        ),
    };
  }
}

/** Nobody but the caller knows what a closure is, and for whom. */
function keyOfSession({ operationKey, name, actor }: Omit<WriteSessionOptions, keyof CallOptions>): KeyedWrite | null {
  if (operationKey === undefined) return null;
  const key = new KeyedWrite(operationKey, { operation: name ?? '', actor });
  if (name !== undefined && operationKey.scope !== null) return key;
  throw new Misuse(
    'A dbSession with an operation key says what it does and for whom, or one key would stand for different things: ' +
      '{ name, operationKey: operationKey(text, { scope }) }, where the scope may be unscoped(reason).',
  );
}

const none = Object.freeze({});

const migrating = unscoped('migrations change the rows of all tenants');
