import type { EntitySchema } from 'typeorm';
import { KeypairRow } from './keypair/keypair-row.js';
import { KeypairSecretRow } from './keypair/keypair-secret-row.js';
import { UserPasswordRow } from './password/user-password-row.js';
import { UserRow } from './user-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const userEntities: readonly EntitySchema[] = Object.freeze([
  UserRow,
  UserPasswordRow,
  KeypairRow,
  KeypairSecretRow,
] as EntitySchema[]);
