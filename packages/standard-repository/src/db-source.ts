import type { ConflictCheck, DbReadSession, DbWriteSession, Executor } from '@holdfast/base';

/** What an application tells a db source. */
export interface DbSourceOptions {
  /**
   * What keeps rows from being purged: rows of other packages that refer to them. Asked by `purge` and `batchPurge`, in
   * order. Default: nothing does.
   */
  readonly conflictChecks?: readonly ConflictCheck[] | undefined;
}

/** All SQL of a domain: its public methods execute specs, on the database or in the dbSession that it is within. */
export class DbSource {
  protected readonly executor: Executor;
  protected readonly conflictChecks: readonly ConflictCheck[];
  readonly #options: DbSourceOptions;

  constructor(executor: Executor, options: DbSourceOptions = {}) {
    this.executor = executor;
    this.conflictChecks = options.conflictChecks ?? [];
    this.#options = options;
  }

  /** The same source inside a running unit of work. */
  within(dbSession: DbReadSession | DbWriteSession): this {
    const Same = this.constructor as new (executor: Executor, options: DbSourceOptions) => this;
    return new Same(dbSession, this.#options);
  }
}
