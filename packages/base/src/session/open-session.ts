import { type HoldfastError, isHoldfastError, Misuse } from '@holdfast/errors';
import type { DataSource, EntityManager } from 'typeorm';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import { advisoryLockSpec } from '../locks/advisory-lock-spec.js';
import { type CopySpec, readSpec, type ReadSpec, type WriteSpec } from '../specs/spec.js';
import { type Trip, tripsOf } from '../specs/trips.js';
import { partitionsOf } from '../stream/partitions.js';
import { RowStream } from '../stream/row-stream.js';
import type { StreamSpec } from '../stream/stream-spec.js';
import { isLimited } from '../wire/run-limits.js';
import { rowSink } from '../wire/row-sink.js';
import { within } from '../wire/within.js';
import type { WriteOptions } from '../write-options.js';
import type { DbWriteSession } from './db-session.js';
import type { Isolation } from './isolation.js';
import { checkNoneIsOpen, joinedManager } from './joined-manager.js';
import type { LeaseLimits } from './leased-connection.js';
import { deferredChecks, savepoint } from './savepoint.js';
import { SqlFragment } from './sql-fragment.js';
import type { Transaction } from './transaction.js';
import type { TransactionEvents } from './transaction-events.js';

/** What all dbSessions of one transaction share. */
export interface SharedBySessions {
  readonly transaction: Transaction;
  readonly catalog: EntityCatalog;
  readonly dataSource: DataSource;
  readonly events: TransactionEvents;
  readonly isolation: Isolation;
  /** What ends waiting within the transaction. */
  readonly limits: LeaseLimits;
  /** Who acts, or null. */
  readonly actor: string | null;
  /** Which try of the closure this is; the first one is 1. */
  readonly attempt: number;
  /** False once it has read what can be read only once. */
  isRepeatable: boolean;
  /** Cursors that were opened. */
  cursors?: number;
}

const nothing = Object.freeze({});

type AfterTheEnd = () => void | Promise<void>;

/**
 * A dbSession over one transaction, or over one savepoint of it. As a DbReadSession it is the same object, with fewer
 * members on its type.
 */
export class OpenSession implements DbWriteSession {
  readonly kind: 'write';
  readonly #shared: SharedBySessions;
  readonly #depth: number;
  #manager: EntityManager | null = null;
  readonly #afterCommit: AfterTheEnd[] = [];
  readonly #afterRollback: AfterTheEnd[] = [];
  #isSavepointOpen = false;
  #hasEnded = false;

  constructor(kind: 'read' | 'write', shared: SharedBySessions, depth = 0) {
    this.kind = kind as 'write';
    this.#shared = shared;
    this.#depth = depth;
  }

  get attempt(): number {
    return this.#shared.attempt;
  }

  get isolation(): Isolation {
    return this.#shared.isolation;
  }

  execute<Result>(
    spec: ReadSpec<Result> | WriteSpec<Result>,
    { operationKey }: WriteOptions = nothing,
  ): Promise<Result> {
    // Not an async function: a promise less for each statement.
    try {
      return this.#execute(spec, operationKey);
    } catch (error) {
      return Promise.reject(error as Error);
    }
  }

  #execute<Result>(
    spec: ReadSpec<Result> | WriteSpec<Result>,
    operationKey: WriteOptions['operationKey'],
  ): Promise<Result> {
    this.#checkInnermost();
    if (operationKey !== undefined) {
      throw new Misuse('An operation key is that of a transaction: give it to beginSession, not to a part of it.');
    }
    if ('series' in spec) {
      throw new Misuse(`${spec.name} is many transactions here, and a dbSession is one: execute it on the Database.`);
    }
    // What was done of it when it fails must not stay, whatever the caller makes of the failure.
    if ('unit' in spec) {
      this.#shared.isRepeatable &&= spec.isRepeatable;
      return this.savepoint((inner) => spec.unit(inner));
    }
    const { transaction, catalog, actor } = this.#shared;
    const plan = spec.plan(catalog, actor);
    if (plan.ahead === undefined) {
      const { isLeft, standing } = transaction.rowScope;
      return this.#run({ plan, before: [...(isLeft ? [standing] : []), ...(plan.before ?? [])] });
    }
    const writes = spec.kind === 'write' && plan.writes !== false;
    const { first, last } = tripsOf(plan, plan.ahead, writes, transaction.rowScope.standing);
    return first === null ? this.#run(last) : this.#run(first).then(() => this.#run(last));
  }

  #run<Result>({ plan, before }: Trip<Result>): Promise<Result> {
    const { transaction } = this.#shared;
    const failed = (error: HoldfastError): never => {
      throw plan.failure?.(error) ?? error;
    };
    if (plan.checksDeferred !== true) return transaction.run(plan, before).then((sink) => plan.finish(sink), failed);
    const { statement, values } = plan;
    const into = rowSink();
    const steps = [...before, { statement, values, into }, ...deferredChecks];
    return transaction.run(steps.at(-1)!, steps.slice(0, -1)).then(() => plan.finish(into), failed);
  }

  async copy(spec: CopySpec): Promise<number | null> {
    this.#checkInnermost();
    const { transaction, catalog, actor } = this.#shared;
    const plan = spec.plan(catalog, actor);
    if (plan === null) return null;
    try {
      return await transaction.copy(plan);
    } catch (error) {
      throw isHoldfastError(error) ? plan.failure(error) : error;
    }
  }

  stream<Data>(spec: StreamSpec<Data>): RowStream<Data> {
    this.#checkInnermost();
    return new RowStream(spec, () => {
      const number = (this.#shared.cursors = (this.#shared.cursors ?? 0) + 1);
      return partitionsOf(spec, {
        catalog: this.#shared.catalog,
        number,
        run: async (plan) => {
          this.#shared.transaction.throwIfAborted();
          return this.execute(readSpec(spec.name, () => plan));
        },
      });
    });
  }

  async sql<Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<readonly Row[]> {
    this.#checkInnermost();
    const compiled = SqlFragment.of(text, values).compile();
    return this.#shared.transaction.query<Row>(compiled.text, compiled.values);
  }

  get manager(): EntityManager {
    const { dataSource, transaction, events, isolation } = this.#shared;
    return (this.#manager ??= joinedManager({
      dataSource,
      transaction,
      events,
      isolation,
      check: () => this.#checkInnermost(),
      savepoint: (work) => this.savepoint((inner) => work(inner.manager)),
    }));
  }

  async savepoint<Result>(work: (dbSession: DbWriteSession) => Promise<Result>): Promise<Result> {
    this.#checkInnermost();
    const { transaction } = this.#shared;
    const inner = new OpenSession(this.kind, this.#shared, this.#depth + 1);
    const { set, release, rollBack } = savepoint(this.#depth + 1);
    this.#isSavepointOpen = true;
    try {
      await transaction.run(set);
      try {
        const result = await work(inner);
        inner.#end();
        await transaction.run(release);
        this.#afterCommit.push(...inner.#afterCommit);
        this.#afterRollback.push(...inner.#afterRollback);
        return result;
      } catch (error) {
        inner.#hasEnded = true;
        this.#afterCommit.push(...inner.#afterRollback);
        this.#afterRollback.push(...inner.#afterRollback);
        await this.#undone(async () => {
          await transaction.settled();
          await transaction.run(rollBack);
          transaction.rowScope.cameBack();
          await transaction.run(release);
        });
        throw error;
      }
    } finally {
      this.#isSavepointOpen = false;
    }
  }

  async waitFor<Result>(other: Promise<Result>): Promise<Result> {
    const { limits } = this.#shared;
    return isLimited(limits) ? within(limits, other) : other;
  }

  lock(name: string, { noWait = false }: { readonly noWait?: boolean } = {}): Promise<void> {
    return this.execute(advisoryLockSpec(name, noWait));
  }

  afterCommit(work: AfterTheEnd): void {
    this.#checkAwaitable();
    this.#afterCommit.push(work);
  }

  afterRollback(work: AfterTheEnd): void {
    this.#checkAwaitable();
    this.#afterRollback.push(work);
  }

  /** Before COMMIT: nothing may be left open, and whoever may object is asked. */
  async committing(): Promise<void> {
    const { transaction, events } = this.#shared;
    if (!transaction.mayEnd) await transaction.checkMayEnd();
    this.#end();
    if (events.areHeard) await events.committing();
  }

  /** It will not be committed: whoever has kept it is told so. */
  abandon(): void {
    this.#hasEnded = true;
  }

  /** Whether anything waits for the commit. */
  get isAwaited(): boolean {
    return this.#afterCommit.length > 0 || this.#shared.events.areHeard;
  }

  /** Runs what waits for the commit. */
  async committed(): Promise<void> {
    await this.#shared.events.committed();
    for (const work of this.#afterCommit) {
      try {
        await work();
      } catch (error) {
        process.emitWarning(`After a commit that stands: ${String(error)}`, { code: 'HOLDFAST_AFTER_COMMIT_FAILED' });
      }
    }
  }

  /** Whether anything waits for a rollback. */
  get awaitsRollback(): boolean {
    return this.#afterRollback.length > 0;
  }

  /** Runs what waits for it to be known that nothing was committed. */
  async rolledBack(): Promise<void> {
    for (const work of this.#afterRollback) {
      try {
        await work();
      } catch (error) {
        process.emitWarning(`After a rollback: ${String(error)}`, { code: 'HOLDFAST_AFTER_ROLLBACK_FAILED' });
      }
    }
  }

  /** What could not be undone must not be committed; the error that led here is the one that matters. */
  async #undone(undo: () => Promise<void>): Promise<void> {
    try {
      await undo();
    } catch (error) {
      this.#shared.transaction.trouble.breakOff(error as Error);
    }
  }

  #end(): void {
    if (this.#isSavepointOpen) throw new Misuse('A dbSession ended while a savepoint of it was open: await it.');
    if (this.#manager !== null) checkNoneIsOpen(this.#manager);
    this.#hasEnded = true;
  }

  #checkAwaitable(): void {
    if (this.#hasEnded) throw this.#ended();
    if (this.kind !== 'write') throw new Misuse('A dbSession that only reads has no commit to wait for.');
  }

  #ended(): Misuse {
    return new Misuse(this.#depth > 0 ? 'The savepoint of this dbSession has ended.' : 'This dbSession has ended.');
  }

  #checkInnermost(): void {
    if (this.#hasEnded) throw this.#ended();
    if (this.#isSavepointOpen) {
      throw new Misuse('A savepoint of this dbSession is open: use the dbSession that its work was given.');
    }
  }
}
