import { type CacheDefinition, type CacheSource, valueCodec } from '@holdfast/cache';
import type { SessionId } from '@holdfast/domain-types';
import type { SearchScope } from '@holdfast/querier';
import { storedTimestamps } from '@holdfast/standard-repository';
import type { SessionInfo } from '../../src/index.js';
import type { SessionRow } from '../../src/session-row.js';

export interface SessionKey {
  readonly scope: SearchScope<SessionRow>;
  readonly id: SessionId;
}

export type SessionCacheSource = CacheSource<SessionKey, SessionInfo>;

/** What is cached of sessions, wherever that is. What one tenant has read is no answer to another. */
export const cachedSessions: CacheDefinition<SessionKey, SessionInfo> = {
  layer: 'session_cache_source',
  entity: 'session',
  keyOf: ({ scope: { stamp }, id }) => ({ tenant: JSON.stringify(stamp), id }),
  lifetimes: { ttlMs: 60_000 },
  codec: valueCodec({ version: 1, ...storedTimestamps }),
};
