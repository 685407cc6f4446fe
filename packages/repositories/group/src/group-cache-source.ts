import type { Cache } from '@holdfast/cache';
import type { ProjectId } from '@holdfast/domain-types';
import { RowCacheSource } from '@holdfast/standard-repository';
import type { GroupInfo } from './group-info.js';
import type { GroupRow } from './group-row.js';

/** Copies of groups, by their ids. */
export function groupCacheSource(cache: Cache | undefined): RowCacheSource<GroupRow, GroupInfo, ProjectId> {
  return RowCacheSource.of({ layer: 'group_cache_source', entity: 'group', idType: 'uuid', version: 1 }, cache);
}
