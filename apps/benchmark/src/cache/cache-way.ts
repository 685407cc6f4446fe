import type { SessionRow } from '../session-table.js';

/** One row through a cache, or without one: what each contender does in its own way. */
export interface CacheWay {
  /** A row that is there, with Dates for times. */
  get(tenant: string, id: string): Promise<SessionRow>;
  /** Runs a write of this row, and tells the cache of it as the library means it. */
  write(tenant: string, id: string, write: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

/** Runs a read of the database, which it counts, and may hold after it has read. */
export type WatchRead = <Found>(read: () => Promise<Found>) => Promise<Found>;

/** How a row is read and cached. */
export interface CacheWayArgs {
  readonly where: 'database' | 'memory' | 'redis' | 'two-tier';
  /** Whether what is in memory is kept as it is, where that is not the library's default. */
  readonly shared: boolean;
  readonly url: string;
  readonly connections: number;
  readonly redisPort: number;
  /** What keys begin with, so that contenders on one server do not read each other's entries. */
  readonly prefix: string;
  readonly watch: WatchRead;
}

export type OpenCacheWay = (args: CacheWayArgs) => Promise<CacheWay>;

/** What a library is given: what to read the row by, where it does not have it. */
export interface PeerWayArgs extends Pick<CacheWayArgs, 'where' | 'shared' | 'redisPort' | 'prefix'> {
  load(tenant: string, id: string): Promise<SessionRow>;
}
