import type { Cache } from '@holdfast/cache';
import type { SessionId } from '@holdfast/domain-types';
import { RowCacheSource } from '@holdfast/standard-repository';
import type { SessionInfo } from './session-info.js';
import type { SessionRow } from './session-row.js';

/** Copies of sessions, by their ids. Environment variables are where passwords go: a session that has any is not copied. */
export function sessionCacheSource(cache: Cache | undefined): RowCacheSource<SessionRow, SessionInfo, SessionId> {
  const mayStore = ({ environ }: SessionInfo): boolean => environ === null;
  const rows = { layer: 'session_cache_source', entity: 'session', idType: 'uuid', version: 1, mayStore } as const;
  return RowCacheSource.of(rows, cache);
}
