/** What an adapter of a client sees to itself, whatever the client's own settings are. */
export interface RedisAdapterOptions {
  /**
   * Milliseconds that the server has to answer a command. Default 250, as long as a write of a cache waits; not longer than that. A command that was not answered rejects with
   * `RedisTimeout`; whether it was executed, or still will be, is not known.
   */
  readonly timeoutMs?: number;
  /** Commands that may wait for the server at once; more are refused with `RedisBacklogFull`. Default 10,000. */
  readonly maxPending?: number;
  /**
   * Milliseconds between questions whether a connection that only listens is still there; one that does not answer within
   * as much again is lost. Default 1,000.
   */
  readonly subscriptionPingMs?: number;
  /** From 0 up to 1, for the moments at which a lost subscription is made again. Default `Math.random`. */
  readonly random?: () => number;
}
