import type { Changes, UpdaterSpec } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import { notificationDescription, notificationName } from './notification-name.js';
import type { NotificationRuleRow } from './notification-rule-row.js';
import type { NotificationRuleUpdate } from './notification-rule-update.js';
import { checkRuleTemplate } from './rule-template.js';

const changeable: ReadonlySet<string> = new Set<keyof NotificationRuleUpdate>([
  'name',
  'description',
  'channelId',
  'ruleType',
  'messageTemplate',
  'enabled',
]);

/**
 * The changes of a rule's row. Throws `InvalidInput`: `UNKNOWN_FIELD` for what is not changed this way, also where types
 * were got around; `MISSING_VALUE` for a template without its type, or a type without a template; else for values that
 * are none.
 */
export function notificationRuleUpdater(update: NotificationRuleUpdate): UpdaterSpec<NotificationRuleRow> {
  checkChanges(update, changeable);
  const { ruleType, messageTemplate } = update;
  if (ruleType !== undefined || messageTemplate !== undefined) {
    const missing = ruleType === undefined ? 'ruleType' : messageTemplate === undefined ? 'messageTemplate' : null;
    if (missing !== null) {
      throw new InvalidInput('MISSING_VALUE', 'A template and its type are changed together.', `/${missing}`);
    }
    checkRuleTemplate(ruleType!, messageTemplate!);
  }
  const checks = { name: notificationName, description: notificationDescription };
  return { changes: checkedChange(update, checks) satisfies Changes<NotificationRuleRow> };
}
