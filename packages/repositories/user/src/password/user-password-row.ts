import type { UserId } from '@holdfast/domain-types';
import { EntitySchema } from 'typeorm';

/**
 * A row of the table `user_passwords`. Hashes have a table of their own: no condition, order or search on users can
 * name them, and what the database tells of a row of `users` that it refuses has none in it.
 */
export interface UserPasswordRow {
  userId: UserId;
  /** A PHC string of argon2id. */
  hash: string;
}

export const UserPasswordRow = new EntitySchema<UserPasswordRow>({
  name: 'UserPassword',
  tableName: 'user_passwords',
  columns: {
    userId: { name: 'user_id', type: 'uuid', primary: true, primaryKeyConstraintName: 'user_passwords_pkey' },
    hash: { type: 'text' },
  },
  checks: [
    {
      name: 'user_passwords_hash_check',
      expression:
        `hash ~ '^\\$argon2id\\$v=19\\$m=[1-9][0-9]*,t=[1-9][0-9]*,p=[1-9][0-9]*` +
        `\\$[A-Za-z0-9+/]{11,86}\\$[A-Za-z0-9+/]{43,86}$'`,
    },
  ],
  foreignKeys: [
    {
      name: 'user_passwords_user_fkey',
      target: 'User',
      columnNames: ['userId'],
      referencedColumnNames: ['id'],
      onDelete: 'CASCADE',
    },
  ],
});
