import type { CallOptions } from '@holdfast/operation';
import type { Unscoped } from '@holdfast/querier';
import type { RowScope } from '../row-level-security/row-scope.js';
import type { WriteOptions } from '../write-options.js';

/** How far a transaction is kept apart from others (PostgreSQL 13.2). */
export type Isolation = 'read committed' | 'repeatable read' | 'serializable';

/** What both kinds of dbSessions may be told. */
interface SessionOptions extends CallOptions {
  /**
   * Whose rows SQL of one's own may touch in tables under row-level security: those of `rowScope(declaration, scope)`, or
   * everybody's by `unscoped(reason)`. Specs of guarded entities say themselves whose they touch, others get these.
   * Default: nobody's.
   */
  readonly rowScope?: RowScope | Unscoped;
}

export interface ReadSessionOptions extends SessionOptions {
  /** One repeatable-read snapshot for all statements. Default false: each statement sees what is committed before it. */
  readonly snapshot?: boolean;
}

export interface WriteSessionOptions extends SessionOptions, WriteOptions {
  /** Default `read committed`. */
  readonly isolation?: Isolation;
  /** Milliseconds to wait for a lock, for this transaction only. Default: as the server is set. */
  readonly lockTimeoutMs?: number;
}
