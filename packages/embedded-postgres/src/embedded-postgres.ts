/** A running server that belongs to this process. */
export interface EmbeddedPostgres {
  /** Connects as the superuser `postgres` to the database `postgres`, on the loopback interface only, without a password. */
  readonly url: string;
  readonly port: number;
  /** The process id of the server's main process. */
  readonly processId: number;
  /** Where the data are. Deleted by `stop()` unless a `directory` was asked for. */
  readonly dataDirectory: string;
  /**
   * Ends the server, cutting open connections, and deletes what was temporary. Resolves when both are done; calling it
   * again does nothing more. A process that ends without calling it, by whatever signal, leaves nothing behind either.
   */
  stop(): Promise<void>;
}
