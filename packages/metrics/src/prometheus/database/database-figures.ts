/** What is asked of a `Database`. */
export interface DatabaseFigures {
  poolFigures(): PoolFigures;
}

/** Figures of a pool of connections. In use is `total - idle`. */
export interface PoolFigures {
  readonly max: number;
  readonly total: number;
  readonly idle: number;
  readonly waiting: number;
}
