import { entityOperations, UniqueViolation } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import { missingValue } from '@holdfast/standard-repository';
import { UserAlreadyExists } from './user-already-exists.js';
import type { UserInfo } from './user-info.js';
import { UserNotFound } from './user-not-found.js';
import { toUserInfo, UserRow } from './user-row.js';

/** The standard operations on the table `users`. */
export const users = entityOperations<UserRow, UserInfo, UserId>({
  entity: UserRow,
  toData: toUserInfo,
  notFound: (id) => new UserNotFound(id),
  alreadyExists: () => new UserAlreadyExists('id'),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    missingValue(UserRow, { domainName: 'A user needs a domain, from its scope or from its spec.' }),
    {
      violation: UniqueViolation,
      constraint: 'users_email_key',
      error: (violation) => new UserAlreadyExists('email', violation),
    },
    {
      violation: UniqueViolation,
      constraint: 'users_username_key',
      error: (violation) => new UserAlreadyExists('username', violation),
    },
  ],
});
