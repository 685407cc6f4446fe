/** Figures of the pool at this moment. In use is `total - idle`. */
export interface PoolFigures {
  /** The most connections that it opens. */
  readonly max: number;
  /** Connections that are open or being opened. */
  readonly total: number;
  /** Of them, those that nobody uses. */
  readonly idle: number;
  /** Calls that wait for a connection: above 0 for long means that the pool is too small, or that some are kept too long. */
  readonly waiting: number;
}
