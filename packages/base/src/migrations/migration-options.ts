/** What running migrations, either way, may be told. */
export interface MigrationOptions {
  /** Milliseconds to wait for another runner to finish, after which AdvisoryLockNotAvailable is thrown. Default: no limit. */
  readonly waitMs?: number;
  /** Ends the waiting for another runner. Migrations that have begun are not interrupted. */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds that each statement of a migration waits for a lock; after that MigrationFailed is thrown, whose cause is a
   * LockNotAvailable and can be tried again, and nothing of its transaction is stored. A statement that waits to change a
   * table makes everybody wait behind it who uses that table, so that one long report stops all traffic. Not for those with
   * `transaction = false`: what waits there keeps nobody from reading and writing. Default: as the server is set.
   */
  readonly lockTimeoutMs?: number;
}

/** What `Database.migrate` may be told. */
export interface MigrateOptions extends MigrationOptions {
  /**
   * Refuses (Misuse) if a migration is recorded that is not in the list, which is how a program older than its database
   * looks. Default false: it is left alone, so that an old version can start again while a new one is being rolled out,
   * and so that several lists can share the table.
   */
  readonly refuseUnknown?: boolean;
}

/** How far back to go, in the order in which migrations were applied. */
export type RevertTarget =
  | {
      /** The name of the migration to stop at, which stays applied; null undoes all that are recorded. */
      readonly to: string | null;
    }
  | {
      /** How many to undo, at least 1. Two runners undo twice as many: where there may be several, say `to`. */
      readonly steps: number;
    };
