import type { CallOptions } from '@holdfast/operation';

/** How a plan is asked for. */
export interface ExplainOptions extends CallOptions {
  /**
   * `custom`, the default: the plan for the values of this spec. `generic`: the one for all values, which PostgreSQL takes
   * for a prepared statement from the sixth execution on where it seems no dearer.
   */
  readonly mode?: 'custom' | 'generic';
  /** Executes the statement and says what it took; only for specs that read. Default false. */
  readonly analyze?: boolean;
  /** Says which pages planning touches and, with `analyze`, executing. Default false. */
  readonly buffers?: boolean;
  /** Milliseconds that it may take, for `analyze`. Default: as the server is set. */
  readonly statementTimeoutMs?: number;
}
