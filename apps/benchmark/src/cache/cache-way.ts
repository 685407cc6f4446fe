import type { SessionRow } from '../session-table.js';

/** One row through a cache, or without one: what each contender does in its own way. */
export interface CacheWay {
  /** A row that is there, with Dates for times. */
  get(tenant: string, id: string): Promise<SessionRow>;
  /** Runs a write of this row, and tells the cache of it as the library means it. */
  write(tenant: string, id: string, write: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Reads one row from the database. */
export type Load = (tenant: string, id: string) => Promise<SessionRow>;

export interface CacheWayArgs {
  readonly where: 'memory' | 'redis' | 'two-tier';
  /** Whether what is in memory is kept as it is, where that is not the library's default. */
  readonly shared: boolean;
  readonly redisPort: number;
  /** What keys begin with, so that contenders on one server do not read each other's entries. */
  readonly prefix: string;
  readonly load: Load;
}

export type OpenCacheWay = (args: CacheWayArgs) => Promise<CacheWay>;
