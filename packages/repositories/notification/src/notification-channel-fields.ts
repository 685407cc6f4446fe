import { fields, usualOperators } from '@holdfast/querier';
import type { NotificationChannelRow } from './notification-channel-row.js';
import { NotificationChannelType } from './notification-channel-type.js';

const { id, choice, range, text } = usualOperators;

/** What a request may filter notification channels by and order them by. Neither settings nor secrets are among it. */
export const notificationChannelFields = fields<NotificationChannelRow, 'type'>({
  id: { type: 'uuid', operators: id },
  name: { type: 'text', operators: text, order: true },
  type: {
    type: 'text',
    column: 'channelType',
    values: Object.values(NotificationChannelType),
    operators: choice,
  },
  enabled: { type: 'boolean', operators: ['eq'] },
  domainName: { type: 'text', operators: id },
  createdBy: { type: 'uuid', operators: [...id, 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  updatedAt: { type: 'timestamp', operators: range, order: true },
});
