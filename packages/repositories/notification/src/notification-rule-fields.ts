import { fields } from '@holdfast/querier';
import type { NotificationRuleRow } from './notification-rule-row.js';
import { NOTIFICATION_RULE_TYPES } from './notification-rule-type.js';

const text = [
  'eq',
  'ne',
  'in',
  'notIn',
  'ieq',
  'contains',
  'icontains',
  'startsWith',
  'istartsWith',
  'endsWith',
] as const;
const range = ['eq', 'lt', 'lte', 'gt', 'gte'] as const;

/** What a request may filter notification rules by and order them by. */
export const notificationRuleFields = fields<NotificationRuleRow>({
  id: { type: 'uuid', operators: ['eq', 'in'] },
  name: { type: 'text', operators: text, order: true },
  ruleType: { type: 'text', values: NOTIFICATION_RULE_TYPES, operators: ['eq', 'ne', 'in', 'notIn'] },
  channelId: { type: 'uuid', operators: ['eq', 'in'] },
  enabled: { type: 'boolean', operators: ['eq'] },
  domainName: { type: 'text', operators: ['eq', 'in'] },
  createdBy: { type: 'uuid', operators: ['eq', 'in', 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  updatedAt: { type: 'timestamp', operators: range, order: true },
});
