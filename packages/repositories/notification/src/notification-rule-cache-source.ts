import type { Cache } from '@holdfast/cache';
import { RowCacheSource } from '@holdfast/standard-repository';
import type { NotificationRuleId } from './notification-rule-id.js';
import type { NotificationRuleInfo } from './notification-rule-info.js';
import type { NotificationRuleRow } from './notification-rule-row.js';

/** Copies of notification rules, by their ids. */
export function notificationRuleCacheSource(
  cache: Cache | undefined,
): RowCacheSource<NotificationRuleRow, NotificationRuleInfo, NotificationRuleId> {
  return RowCacheSource.of(
    { layer: 'notification_rule_cache_source', entity: 'notification-rule', idType: 'uuid', version: 1 },
    cache,
  );
}
