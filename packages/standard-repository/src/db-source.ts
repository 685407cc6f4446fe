import type { ConflictCheck, DbReadSession, DbWriteSession, Executor } from '@holdfast/base';

/** What an application tells a db source that has the standard operations. */
export interface DbSourceOptions {
  /**
   * What keeps rows from being purged: rows of other packages that refer to them. Asked by `purge` and `batchPurge`, in
   * order. Default: nothing does.
   */
  readonly conflictChecks?: readonly ConflictCheck[] | undefined;
}

/** All SQL of a domain: its public methods execute specs, on the database or in the dbSession that it is within. */
export class DbSource<Options extends object = DbSourceOptions> {
  protected readonly executor: Executor;
  protected readonly options: Options;

  constructor(executor: Executor, options: Options) {
    this.executor = executor;
    this.options = options;
  }

  /** The same source inside a running unit of work. */
  within(dbSession: DbReadSession | DbWriteSession): this {
    const Same = this.constructor as new (executor: Executor, options: Options) => this;
    return new Same(dbSession, this.options);
  }
}
