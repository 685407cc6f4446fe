import { fields } from '@holdfast/querier';
import type { GroupRow } from './group-row.js';
import { GROUP_TYPES } from './group-type.js';

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
const id = ['eq', 'in'] as const;
const range = ['eq', 'lt', 'lte', 'gt', 'gte'] as const;

/** What a request may filter groups by and order them by. */
export const groupFields = fields<GroupRow>({
  id: { type: 'uuid', operators: id },
  name: { type: 'text', operators: text, order: true },
  domainName: { type: 'text', operators: id },
  description: { type: 'text', operators: [...text, 'isNull'] },
  isActive: { type: 'boolean', operators: ['eq'] },
  type: { type: 'text', values: GROUP_TYPES, operators: ['eq', 'ne', 'in', 'notIn'] },
  integrationId: { type: 'text', operators: [...id, 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  modifiedAt: { type: 'timestamp', operators: range, order: true },
});
