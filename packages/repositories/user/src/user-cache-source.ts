import type { Cache } from '@holdfast/cache';
import type { UserId } from '@holdfast/domain-types';
import { RowCacheSource } from '@holdfast/standard-repository';
import type { UserInfo } from './user-info.js';
import type { UserRow } from './user-row.js';

/** Copies of users, by their ids. */
export function userCacheSource(cache: Cache | undefined): RowCacheSource<UserRow, UserInfo, UserId> {
  return RowCacheSource.of({ layer: 'user_cache_source', entity: 'user', idType: 'uuid', version: 1 }, cache);
}
