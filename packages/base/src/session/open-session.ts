import type { DataSource, EntityManager } from 'typeorm';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import { driverError } from '../errors/driver-error.js';
import { planError } from '../execute-spec.js';
import type { ReadSpec, WriteSpec } from '../specs/spec.js';
import { RELEASE_SAVEPOINT, ROLLBACK_TO_SAVEPOINT, SAVEPOINT } from './begin.js';
import type { DbWriteSession } from './db-session.js';
import { joinedManager } from './joined-manager.js';
import type { Transaction } from './transaction.js';

/** A dbSession over one transaction. As a DbReadSession it is the same object, with fewer members on its type. */
export class OpenSession implements DbWriteSession {
  readonly kind: 'write';
  readonly #transaction: Transaction;
  readonly #catalog: EntityCatalog;
  readonly #dataSource: DataSource;
  readonly #afterCommit: (() => void | Promise<void>)[] = [];
  #manager: EntityManager | null = null;

  constructor(kind: 'read' | 'write', transaction: Transaction, catalog: EntityCatalog, dataSource: DataSource) {
    this.kind = kind as 'write';
    this.#transaction = transaction;
    this.#catalog = catalog;
    this.#dataSource = dataSource;
  }

  async execute<Result>(spec: ReadSpec<Result> | WriteSpec<Result>): Promise<Result> {
    const plan = spec.plan(this.#catalog);
    try {
      return plan.finish(await this.#transaction.run(plan));
    } catch (error) {
      throw planError(plan, error as Error, 'open');
    }
  }

  async sql<Row extends object>(text: TemplateStringsArray, ...values: readonly unknown[]): Promise<readonly Row[]> {
    const query = text.reduce((sql, part, i) => `${sql}$${i}${part}`);
    return this.#transaction.exclusively(async () => {
      const client = await this.#transaction.begun();
      try {
        return (await client.query<Row>(query, [...values])).rows;
      } catch (error) {
        throw driverError(error, 'open');
      }
    });
  }

  get manager(): EntityManager {
    return (this.#manager ??= joinedManager(this.#dataSource, this.#transaction));
  }

  async savepoint<Result>(work: (dbSession: DbWriteSession) => Promise<Result>): Promise<Result> {
    // A savepoint hides an older one of its name until it is released (PostgreSQL, SAVEPOINT): they nest.
    await this.#transaction.run(SAVEPOINT);
    try {
      const result = await work(this);
      await this.#transaction.run(RELEASE_SAVEPOINT);
      return result;
    } catch (error) {
      await this.#transaction.run(ROLLBACK_TO_SAVEPOINT);
      await this.#transaction.run(RELEASE_SAVEPOINT);
      throw error;
    }
  }

  afterCommit(work: () => void | Promise<void>): void {
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
}
