import { entityOperations, type ReadSpec, readSpec, type StatementWrite, type WriteSpec } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import { columnType, SqlWriter, unscoped, where } from '@holdfast/querier';
import { UserAlreadyExists } from '../user-already-exists.js';
import { UserNotFound } from '../user-not-found.js';
import { PasswordHash, phcOf } from './password-hash.js';
import { UserPasswordRow } from './user-password-row.js';

// What is written comes back without its hash.
const passwords = entityOperations<UserPasswordRow, UserId, UserId>({
  entity: UserPasswordRow,
  toData: ({ userId }) => userId,
  notFound: (id) => new UserNotFound(id),
  alreadyExists: () => new UserAlreadyExists('id'),
});

const ofUsers = unscoped('the password of a user that was found in its scope');

const hash = { property: 'hash', sql: 'hash', type: columnType('text'), nullable: false };
const format = { columns: [hash], extra: [], keys: [], leads: 0 };

const rowOf = (userId: UserId, hash: PasswordHash): { readonly values: UserPasswordRow } => ({
  values: { userId, hash: phcOf(hash) },
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

/** Stores the same password hashed anew, unless it is another by now. */
export function renewHash(id: UserId, old: PasswordHash, renewed: PasswordHash): StatementWrite<unknown> {
  const isOld = where<UserPasswordRow>({ hash: { eq: phcOf(old) } });
  return passwords.updateIf(ofUsers, id, isOld, { changes: { hash: phcOf(renewed) } });
}

/** The password of one user, or null: all that ever reads hashes. */
export function readPassword(id: UserId): ReadSpec<PasswordHash | null> {
  return readSpec('readPassword', (catalog) => {
    const mapping = catalog.mappingOf(UserPasswordRow);
    const writer = new SqlWriter();
    const userId = writer.element(mapping.key.type, id, '/id');
    return {
      statement: mapping.returning(
        `SELECT ${hash.sql} FROM ${mapping.table} WHERE ${mapping.key.sql} = ${userId}`,
        format,
      ),
      values: writer.values,
      finish({ rows: [row] }) {
        return row === undefined ? null : PasswordHash.fromPhc((row as Pick<UserPasswordRow, 'hash'>).hash);
      },
    };
  });
}
