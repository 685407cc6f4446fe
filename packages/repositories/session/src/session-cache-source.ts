import type { Cache } from '@holdfast/cache';
import type { SessionId } from '@holdfast/domain-types';
import { RowCacheSource } from '@holdfast/standard-repository';
import type { SessionInfo } from './session-info.js';
import type { SessionRow } from './session-row.js';

/** Copies of sessions, by their ids. */
export function sessionCacheSource(cache: Cache | undefined): RowCacheSource<SessionRow, SessionInfo, SessionId> {
  return RowCacheSource.of({ layer: 'session_cache_source', entity: 'session', idType: 'uuid', version: 1 }, cache);
}
