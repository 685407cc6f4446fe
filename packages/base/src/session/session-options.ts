import type { CallOptions } from '@holdfast/operation';
import type { Unscoped } from '@holdfast/querier';
import type { RowScope } from '../row-level-security/row-scope.js';
import type { SeparateOption } from '../separate-option.js';
import type { WriteOptions } from '../write-options.js';
import type { Isolation } from './isolation.js';

/** What both kinds of dbSessions may be told. */
interface SessionOptions extends CallOptions, SeparateOption {
  /** What it does, for events of slow operations. Default: the name of the method that began it. */
  readonly name?: string;
  /**
   * The most times that the closure is run when its transaction collides with others: serialization failures, deadlocks,
   * prepared plans that became stale. From 1, which leaves that to the caller. Default: as the Database is set. All
   * attempts share `deadlineMs`.
   */
  readonly maxAttempts?: number;
  /**
   * Whose rows SQL of one's own may touch in tables under row-level security: those of `rowScope(declaration, scope)`, or
   * everybody's by `unscoped(reason)`. Specs of guarded entities say themselves whose they touch, others get these.
   * Default: nobody's.
   */
  readonly rowScope?: RowScope | Unscoped;
  /**
   * Milliseconds that each statement may take, of a stream each partition, for this transaction only: whoever gets the
   * connection next has the server's own. Default: as the server is set.
   */
  readonly statementTimeoutMs?: number;
}

/** What `Database.beginReadonlySession` may be told. */
export interface ReadSessionOptions extends SessionOptions {
  /** One repeatable-read snapshot for all statements. Default false: each statement sees what is committed before it. */
  readonly snapshot?: boolean;
}

/** What `Database.beginSession` may be told. `actor` is who acts in all of its specs. */
export interface WriteSessionOptions extends SessionOptions, WriteOptions {
  /** Default `read committed`. */
  readonly isolation?: Isolation;
  /** Milliseconds to wait for a lock, for this transaction only. Default: as the server is set. */
  readonly lockTimeoutMs?: number;
}
