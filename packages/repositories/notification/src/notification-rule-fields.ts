import { fields, usualOperators } from '@holdfast/querier';
import type { NotificationRuleRow } from './notification-rule-row.js';
import { NOTIFICATION_RULE_TYPES } from './notification-rule-type.js';

const { id, choice, range, text } = usualOperators;

/** What a request may filter notification rules by and order them by. */
export const notificationRuleFields = fields<NotificationRuleRow>({
  id: { type: 'uuid', operators: id },
  name: { type: 'text', operators: text, order: true },
  ruleType: { type: 'text', values: NOTIFICATION_RULE_TYPES, operators: choice },
  channelId: { type: 'uuid', operators: id },
  enabled: { type: 'boolean', operators: ['eq'] },
  domainName: { type: 'text', operators: id },
  createdBy: { type: 'uuid', operators: [...id, 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  updatedAt: { type: 'timestamp', operators: range, order: true },
});
