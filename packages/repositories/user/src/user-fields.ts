import { fields, usualOperators } from '@holdfast/querier';
import { USER_ROLES } from './user-role.js';
import type { UserRow } from './user-row.js';
import { UserStatus } from './user-status.js';

const { choice, range, text } = usualOperators;

/**
 * What a request may filter users by and order them by. Left out, so that nobody probes them: what the passwords of users
 * are in need of, where users may come from, what they are called elsewhere, what their processes run as, and what
 * administrators wrote of their status. `deleted` is a status like the others, of users that only a search with
 * `includeDeleted` finds.
 */
export const userFields = fields<UserRow>({
  id: { type: 'uuid', operators: choice },
  username: { type: 'text', operators: text, order: true },
  email: { type: 'text', operators: text, order: true },
  fullName: { type: 'text', operators: [...text, 'isNull'], order: true },
  status: { type: 'text', values: Object.values(UserStatus), operators: choice, order: true },
  role: { type: 'text', values: USER_ROLES, operators: choice },
  domainName: { type: 'text', operators: choice },
  createdAt: { type: 'timestamp', operators: range, order: true },
  modifiedAt: { type: 'timestamp', operators: range, order: true },
  deletedAt: { type: 'timestamp', operators: [...range, 'isNull'] },
});
