import { entityOperations, type StatementWrite, type WriteSpec } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import { batchQuerier, unscoped } from '@holdfast/querier';
import type { ReadSpec } from '@holdfast/base';
import { UserAlreadyExists } from '../user-already-exists.js';
import { UserNotFound } from '../user-not-found.js';
import { PasswordHash } from './password-hash.js';
import { UserPasswordRow } from './user-password-row.js';

// What is written comes back without its hash.
const passwords = entityOperations<UserPasswordRow, UserId, UserId>({
  entity: UserPasswordRow,
  toData: ({ userId }) => userId,
  notFound: (id) => new UserNotFound(id),
  alreadyExists: () => new UserAlreadyExists('id'),
});

const ofUsers = unscoped('the password of a user that was found in its scope');

const rowOf = (userId: UserId, hash: PasswordHash): { readonly values: UserPasswordRow } => ({
  values: { userId, hash: PasswordHash.textOf(hash) },
});

/** Stores the passwords of new users. */
export function storePasswords(hashes: readonly (readonly [UserId, PasswordHash])[]): WriteSpec<unknown> {
  return passwords.bulkCreate(
    ofUsers,
    hashes.map(([id, hash]) => rowOf(id, hash)),
  );
}

/** Stores the password of a user in place of the one that it may have. */
export function replacePassword(id: UserId, hash: PasswordHash): StatementWrite<unknown> {
  return passwords.upsert(ofUsers, rowOf(id, hash));
}

/** The password of one user, in a list that is empty where there is none: all that ever reads hashes. */
export function readPassword(id: UserId): ReadSpec<PasswordHash | null> {
  const { plan, ...spec } = passwords.project(
    ofUsers,
    ['hash'],
    batchQuerier<UserPasswordRow>({ conditions: [{ userId: { eq: id } }], pagination: { limit: 1, offset: 0 } }),
  );
  return Object.freeze({
    ...spec,
    plan: (...args: Parameters<typeof plan>) => {
      const { finish, ...planned } = plan(...args);
      return {
        ...planned,
        finish: (sink: Parameters<typeof finish>[0]) => {
          const [row] = finish(sink).items;
          return row === undefined ? null : PasswordHash.fromPhc(row.hash);
        },
      };
    },
  });
}
