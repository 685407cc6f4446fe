import type { CallOptions } from '@holdfast/operation';

/** How far a transaction is kept apart from others (PostgreSQL 13.2). */
export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

export interface ReadSessionOptions extends CallOptions {
  /** One repeatable-read snapshot for all statements. Default false: each statement sees what is committed before it. */
  readonly snapshot?: boolean;
}

export interface WriteSessionOptions extends CallOptions {
  /** Default `read committed`. */
  readonly isolation?: Isolation;
  /** Milliseconds to wait for a lock, for this transaction only. Default: as the server is set. */
  readonly lockTimeoutMs?: number;
}
