import { isHoldfastError, Misuse } from '@holdfast/errors';
import { isWithinSessionOf, markGivenUp, withinAmbientSession } from '@holdfast/operation';
import type { DataSource } from 'typeorm';
import type { Commits } from '../commit/commits.js';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import { keptText, resultIn } from '../operation-keys/kept-result.js';
import type { KeyedWrite } from '../operation-keys/keyed-write.js';
import { KeyTaken } from '../operation-keys/key-taken.js';
import { recall } from '../operation-keys/recall.js';
import { missingTable } from '../operation-keys/missing-table.js';
import type { UnderWay } from '../under-way.js';
import type { RunLimits } from '../wire/run-limits.js';
import type { Connections } from '../wire/connection-pool.js';
import type { Step } from '../wire/statement.js';
import { type CommitForm, commitFormOf } from '../write-options.js';
import { readBeginning, writeBeginning } from './begin.js';
import { rememberCollision } from './collision.js';
import type { DbReadSession, DbWriteSession } from './db-session.js';
import type { Isolation } from './isolation.js';
import { OpenSession, type SharedBySessions } from './open-session.js';
import { checkedAttempts, type Replay, type ReplayLimits } from './replay.js';
import type { Begun } from '../ambient-limits.js';
import type { ReadSessionOptions, WriteSessionOptions } from './session-options.js';
import { Transaction } from './transaction.js';
import { TransactionEvents } from './transaction-events.js';

/** What the dbSessions of one Database share. */
export interface SessionParts {
  readonly dataSource: DataSource;
  readonly pool: Connections;
  readonly catalog: EntityCatalog;
  readonly replay: Replay;
  readonly underWay: UnderWay;
  readonly commits: Commits;
}

/** A closure, and the transaction that it is to be run in. */
interface UnitToRun<Result> {
  readonly kind: 'read' | 'write';
  readonly connections: Connections;
  readonly beginning: readonly Step[];
  readonly isolation: Isolation;
  readonly work: (dbSession: DbWriteSession) => Promise<Result>;
  readonly actor: string | null;
  readonly name: string;
  readonly commit: CommitForm;
  readonly key: KeyedWrite | null;
}

const notCommitted = { actor: null, commit: 'one-trip', key: null } as const;

/** The dbSessions of a Database: each closure in a transaction, made again as a whole where it collides with others. */
export class Sessions {
  readonly #parts: SessionParts;
  readonly #open = new Set<object>();

  constructor(parts: SessionParts) {
    this.#parts = parts;
  }

  /** Runs `work` in a transaction that only reads. */
  read<Result>(
    work: (dbSession: DbReadSession) => Promise<Result>,
    options: Begun<ReadSessionOptions>,
    connections: Connections = this.#parts.pool,
  ): Promise<Result> {
    const { name = 'beginReadonlySession' } = options;
    const isolation = options.snapshot === true ? 'repeatable read' : 'read committed';
    const beginning = readBeginning(options, this.#parts.catalog);
    return this.#run({ kind: 'read', connections, beginning, isolation, work, name, ...notCommitted }, options);
  }

  /** Runs `work` in a transaction that writes; with a key, unless that was done before. */
  write<Result>(
    work: (dbSession: DbWriteSession) => Promise<Result>,
    options: Begun<WriteSessionOptions>,
    connections: Connections = this.#parts.pool,
    key: KeyedWrite | null = null,
  ): Promise<Result> {
    const { isolation = 'read committed', actor = null, name = 'beginSession' } = options;
    const commit = commitFormOf(options);
    const beginning = writeBeginning(options, this.#parts.catalog);
    const unit = { connections, beginning, isolation, work, name, actor, commit, key };
    return this.#run({ kind: 'write', ...unit }, options);
  }

  /** The same for `work` that must not be made again, by nobody: its errors are marked so. */
  async writeOnce<Result>(
    work: (dbSession: DbWriteSession) => Promise<Result>,
    options: Begun<WriteSessionOptions>,
    connections: Connections,
    key: KeyedWrite | null,
  ): Promise<Result> {
    try {
      return await this.write(work, { ...options, maxAttempts: 1 }, connections, key);
    } catch (error) {
      markGivenUp(error);
      throw error;
    }
  }

  /**
   * Throws Misuse within a dbSession of this Database, unless the options say `separate`: what is not executed by that
   * dbSession takes a second connection, does not see what the transaction did, waits for its locks for ever, and stays
   * when it is undone.
   */
  refuseWithin(what: string, { separate = false }: { readonly separate?: boolean | undefined }): void {
    if (separate || this.#open.size === 0 || !isWithinSessionOf(this.#open)) return;
    throw new Misuse(
      `${what} within a dbSession of the same Database would not be part of its transaction: use dbSession.execute, ` +
        'dbSession.savepoint or repository.within(dbSession). Where it is meant to be apart, say { separate: true }.',
    );
  }

  async #run<Result>(
    unit: UnitToRun<Result>,
    options: Begun<ReadSessionOptions & WriteSessionOptions>,
  ): Promise<Result> {
    const { signal, deadline = null, maxAttempts, separate } = options;
    this.refuseWithin(unit.kind === 'read' ? 'beginReadonlySession' : 'beginSession', { separate });
    if (maxAttempts !== undefined) checkedAttempts(maxAttempts);
    signal?.throwIfAborted();
    const { replay } = this.#parts;
    const limits = { operation: unit.name, signal, deadline, maxAttempts };
    try {
      return await replay.run(limits, (attempt) => this.#attempt(unit, limits, attempt));
    } catch (error) {
      if (unit.key === null) throw error;
      if (error instanceof KeyTaken) return this.#recalled(unit.key, unit.connections, options);
      throw missingTable(error);
    }
  }

  /** What the closure returned when it was run with this key. */
  async #recalled<Result>(key: KeyedWrite, pool: Connections, limits: RunLimits): Promise<Result> {
    return resultIn(await recall({ ...this.#parts, pool }, key, limits)) as Result;
  }

  async #attempt<Result>(unit: UnitToRun<Result>, limits: ReplayLimits, attempt: number): Promise<Result> {
    const { dataSource, catalog, underWay } = this.#parts;
    const { signal, deadline = null } = limits;
    const lease = { signal, deadline };
    const { isolation, actor, key } = unit;
    const watch = unit.commit === 'resolved' || key !== null ? this.#parts.commits.watch(unit.name, key) : null;
    const transaction = new Transaction(unit.kind, unit.connections, unit.beginning, lease, watch);
    const events = new TransactionEvents();
    const shared: SharedBySessions = {
      transaction,
      catalog,
      dataSource,
      events,
      isolation,
      limits: lease,
      actor,
      attempt,
      isRepeatable: true,
    };
    const session = new OpenSession(unit.kind, shared);
    this.#open.add(session);
    underWay.sessionBegan(session);
    let result: Result;
    let isCommitting = false;
    try {
      // Before the closure, which is not run where the key is there already.
      if (key !== null) await transaction.run(key.insertion).catch(key.explained);
      result = await withinAmbientSession(session, async () => {
        const made = await unit.work(session);
        await session.committing();
        return made;
      });
      isCommitting = true;
      await transaction.commit(key?.key.keepsResult === true ? [key.keep(keptText(result))] : []);
    } catch (error) {
      session.abandon();
      const undone = await this.#undone(error, shared);
      // What ends the waiting for a COMMIT with an error of its own does not know what became of that.
      const isCertain = isHoldfastError(undone) ? undone.outcome === 'not-committed' : !isCommitting;
      if (isCertain && session.awaitsRollback) await underWay.hooks(() => session.rolledBack());
      throw undone;
    } finally {
      this.#open.delete(session);
      underWay.sessionEnded(session);
    }
    if (session.isAwaited) await underWay.hooks(() => session.committed());
    return result;
  }

  /** Rolls back; what is to be thrown. */
  async #undone(error: unknown, { transaction, events, isRepeatable }: SharedBySessions): Promise<unknown> {
    const known = transaction.trouble.explained(error);
    // The closure may have thrown something of its own over it.
    if (transaction.collision !== null) rememberCollision(known, transaction.collision);
    const isKnown = !isHoldfastError(known) || known.outcome === 'not-committed';
    if (isKnown) await events.rollingBack();
    await transaction.rollback();
    if (isKnown) await events.rolledBack();
    if (!isRepeatable) markGivenUp(known);
    return known;
  }
}
