import type { ReadOptions, ReadSpec } from '@holdfast/base';
import { batchQuerier, type Page, type QueryCondition, type Scope } from '@holdfast/querier';
import type { UserInfo } from './user-info.js';
import { users } from './user-operations.js';
import type { UserRow } from './user-row.js';

/**
 * Looks for the user of a condition that one user of a domain meets; others would be of other domains. Not for a page of
 * two: for one, PostgreSQL may look through the users in the order of their ids until it has met them.
 */
export function oneUser(
  scope: Scope<UserRow>,
  condition: QueryCondition<UserRow>,
  options?: ReadOptions,
): ReadSpec<Page<UserInfo>> {
  const querier = batchQuerier<UserRow>({ conditions: [condition], pagination: { noPagination: true } });
  return users.search(scope, querier, options);
}
