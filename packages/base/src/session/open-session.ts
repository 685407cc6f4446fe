import { Misuse } from '@holdfast/errors';
import type { DataSource, EntityManager } from 'typeorm';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import { driverError } from '../errors/driver-error.js';
import { advisoryLockSpec } from '../locks/advisory-lock-spec.js';
import type { ReadSpec, WriteSpec } from '../specs/spec.js';
import { type Trip, tripsOf } from '../specs/trips.js';
import type { RowSink } from '../wire/row-sink.js';
import type { DbWriteSession } from './db-session.js';
import { joinedManager } from './joined-manager.js';
import { savepoint } from './savepoint.js';
import type { Transaction } from './transaction.js';

/** What all dbSessions of one transaction share. */
interface Shared {
  readonly transaction: Transaction;
  readonly catalog: EntityCatalog;
  readonly dataSource: DataSource;
  /** Who acts, or null. */
  readonly actor: string | null;
  manager: EntityManager | null;
}

type AfterCommit = () => void | Promise<void>;

/**
 * A dbSession over one transaction, or over one savepoint of it. As a DbReadSession it is the same object, with fewer
 * members on its type.
 */
export class OpenSession implements DbWriteSession {
  readonly kind: 'write';
  readonly #shared: Shared;
  readonly #depth: number;
  #afterCommit: AfterCommit[] = [];
  #isSavepointOpen = false;
  #hasEnded = false;

  constructor(kind: 'read' | 'write', shared: Shared, depth = 0) {
    this.kind = kind as 'write';
    this.#shared = shared;
    this.#depth = depth;
  }

  async execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>): Promise<Result> {
    this.#checkInnermost();
    if ('series' in spec) {
      throw new Misuse(`${spec.name} is many transactions here, and a dbSession is one: execute it on the Database.`);
    }
    // What was done of it when it fails must not stay, whatever the caller makes of the failure.
    if ('unit' in spec) return this.savepoint((inner) => spec.unit(inner));
    const { transaction, catalog, actor } = this.#shared;
    const plan = spec.plan(catalog, actor);
    if (plan.ahead === undefined) {
      return this.#run({ plan, before: [...transaction.rowScopeToTakeBack(), ...(plan.before ?? [])] });
    }
    const writes = spec.kind === 'write' && plan.writes !== false;
    const { first, last } = tripsOf(plan, plan.ahead, writes, transaction.rowScope);
    if (first !== null) await this.#run(first);
    return this.#run(last);
  }

  async #run<Result>({ plan, before }: Trip<Result>): Promise<Result> {
    let sink: RowSink;
    try {
      sink = await this.#shared.transaction.run(plan, before);
    } catch (error) {
      throw plan.failure?.(error as never) ?? error;
    }
    return plan.finish(sink);
  }

  async sql<Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<readonly Row[]> {
    this.#checkInnermost();
    const missing = values.indexOf(undefined);
    if (missing !== -1) throw new Misuse(`Value ${missing + 1} of the SQL is undefined; NULL is said as null.`);
    const query = text.reduce((sql, part, i) => `${sql}$${i}${part}`);
    return this.#shared.transaction.exclusively(async () => {
      const client = await this.#shared.transaction.begun();
      try {
        return (await client.query<Row>(query, [...values])).rows;
      } catch (error) {
        throw driverError(error, 'open') as Error;
      }
    });
  }

  get manager(): EntityManager {
    return (this.#shared.manager ??= joinedManager(this.#shared.dataSource, this.#shared.transaction));
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
        inner.#hasEnded = true;
        await transaction.run(release);
        this.#afterCommit.push(...inner.#afterCommit);
        return result;
      } catch (error) {
        inner.#hasEnded = true;
        await this.#undone(async () => {
          await transaction.settled();
          await transaction.run(rollBack);
          transaction.settingsCameBack();
          await transaction.run(release);
        });
        throw error;
      }
    } finally {
      this.#isSavepointOpen = false;
    }
  }

  lock(name: string, { noWait = false }: { readonly noWait?: boolean } = {}): Promise<void> {
    return this.execute(advisoryLockSpec(name, noWait));
  }

  afterCommit(work: AfterCommit): void {
    if (this.#hasEnded) throw new Misuse('The savepoint of this dbSession has ended.');
    this.#afterCommit.push(work);
  }

  /** Runs what waits for the commit. */
  async committed(): Promise<void> {
    for (const work of this.#afterCommit) {
      try {
        await work();
      } catch (error) {
        process.emitWarning(`After a commit that stands: ${String(error)}`, { code: 'HOLDFAST_AFTER_COMMIT_FAILED' });
      }
    }
  }

  /** What could not be undone must not be committed; the error that led here is the one that matters. */
  async #undone(undo: () => Promise<void>): Promise<void> {
    try {
      await undo();
    } catch (error) {
      this.#shared.transaction.breakOff(error as Error);
    }
  }

  #checkInnermost(): void {
    if (this.#hasEnded) throw new Misuse('The savepoint of this dbSession has ended.');
    if (this.#isSavepointOpen) {
      throw new Misuse('A savepoint of this dbSession is open: use the dbSession that its work was given.');
    }
  }
}
