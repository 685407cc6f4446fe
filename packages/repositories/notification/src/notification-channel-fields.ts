import { fields } from '@holdfast/querier';
import type { NotificationChannelRow } from './notification-channel-row.js';
import { NotificationChannelType } from './notification-channel-type.js';

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

/** What a request may filter notification channels by and order them by. Neither settings nor secrets are among it. */
export const notificationChannelFields = fields<NotificationChannelRow, 'type'>({
  id: { type: 'uuid', operators: ['eq', 'in'] },
  name: { type: 'text', operators: text, order: true },
  type: {
    type: 'text',
    column: 'channelType',
    values: Object.values(NotificationChannelType),
    operators: ['eq', 'ne', 'in', 'notIn'],
  },
  enabled: { type: 'boolean', operators: ['eq'] },
  domainName: { type: 'text', operators: ['eq', 'in'] },
  createdBy: { type: 'uuid', operators: ['eq', 'in', 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  updatedAt: { type: 'timestamp', operators: range, order: true },
});
