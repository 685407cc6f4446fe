import { fields, usualOperators } from '@holdfast/querier';
import type { GroupRow } from './group-row.js';
import { GROUP_TYPES } from './group-type.js';

const { id, choice, range, text } = usualOperators;

/** What a request may filter groups by and order them by. */
export const groupFields = fields<GroupRow>({
  id: { type: 'uuid', operators: id },
  name: { type: 'text', operators: text, order: true },
  domainName: { type: 'text', operators: id },
  description: { type: 'text', operators: [...text, 'isNull'] },
  isActive: { type: 'boolean', operators: ['eq'] },
  type: { type: 'text', values: GROUP_TYPES, operators: choice },
  integrationId: { type: 'text', operators: [...id, 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  modifiedAt: { type: 'timestamp', operators: range, order: true },
});
