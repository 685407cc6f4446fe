import { type StatementWrite, writeSpec } from '@holdfast/base';
import { seeingAll } from '../seeing-all.js';
import { UserRow } from '../user-row.js';
import { KeypairRow } from './keypair-row.js';

/**
 * Switches off the key pairs of all users that this transaction has deleted: its own `now()` is what they are marked
 * with. After the deletion, in a statement of its own: it sees the key pairs that the deletion has waited for.
 */
export function switchKeysOff(): StatementWrite<void> {
  const spec = writeSpec('switchKeysOff', (catalog) => {
    const keypairs = catalog.mappingOf(KeypairRow);
    const users = catalog.mappingOf(UserRow);
    const changes = ['isActive', 'isDefault'].map((property) => `${keypairs.column(property).sql} = false`);
    const sql =
      `UPDATE ${keypairs.table} k SET ${[...changes, ...keypairs.bookkeeping()].join(', ')} FROM ${users.table} u ` +
      `WHERE u.${users.column('deletedAt').sql} = now() AND k.${keypairs.column('userId').sql} = u.${users.key.sql} ` +
      `AND k.${keypairs.column('isActive').sql}`;
    return { statement: keypairs.returningNothing(sql), values: [], finish: () => undefined };
  });
  return seeingAll(spec);
}
