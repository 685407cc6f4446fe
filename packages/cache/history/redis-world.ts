import type { RedisAdapterOptions, RedisPort } from '@holdfast/cache';

/** What can happen to Redis; what an entry does lets it happen, and resolves to what heals it. */
export type RedisFaultKinds = Readonly<Record<string, () => Promise<() => Promise<void>>>>;

/** A Redis, or a cluster of it, with clients, that things happen to. */
export interface RedisWorld {
  readonly faults: RedisFaultKinds;
  /** What a process has: a client of its own. */
  connect(options: RedisAdapterOptions): Promise<{ readonly redis: RedisPort; close(): void }>;
  stop(): Promise<void>;
}

/** So long an acknowledged command may not reach a replica before its primary dies. */
export const LOSES_MS = 100;
