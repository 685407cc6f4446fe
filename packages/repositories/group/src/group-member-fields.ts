import { fields } from '@holdfast/querier';
import type { GroupMemberRow } from './group-member-row.js';

const range = ['eq', 'lt', 'lte', 'gt', 'gte'] as const;

/** What a request may filter the members of a group by and order them by. */
export const groupMemberFields = fields<GroupMemberRow>({
  userUuid: { type: 'uuid', operators: ['eq', 'in'], order: true },
  createdAt: { type: 'timestamp', operators: range, order: true },
});
