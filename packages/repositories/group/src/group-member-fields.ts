import { fields, usualOperators } from '@holdfast/querier';
import type { GroupMemberRow } from './group-member-row.js';

const { id, range } = usualOperators;

/** What a request may filter the members of a group by and order them by. */
export const groupMemberFields = fields<GroupMemberRow>({
  userUuid: { type: 'uuid', operators: id, order: true },
  createdAt: { type: 'timestamp', operators: range, order: true },
});
