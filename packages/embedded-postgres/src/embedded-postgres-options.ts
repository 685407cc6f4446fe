/** How to start a server; see `startEmbeddedPostgres`. */
export interface EmbeddedPostgresOptions {
  /**
   * `durable` (default): what was committed survives a crash and a power cut. `fast`: fsync, synchronous_commit and
   * full_page_writes are off, for tests only; refused together with `directory`.
   */
  readonly durability?: 'durable' | 'fast';
  /**
   * Keeps the data in this directory, which is made if missing and never deleted. Default: a temporary one.
   * It becomes the data directory itself, so it must be empty or made by an earlier start.
   */
  readonly directory?: string;
  /** Default: any free port. */
  readonly port?: number;
  /** Default 200. */
  readonly maxConnections?: number;
  /** Further server settings, e.g. `{ log_min_duration_statement: 100 }`. They win over ours. */
  readonly settings?: Readonly<Record<string, string | number | boolean>>;
}
