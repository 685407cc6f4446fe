import { type StatementWrite, writeSpec } from '@holdfast/base';
import { KeypairRow } from './keypair-row.js';

/**
 * Switches off the key pairs of all users that this transaction has deleted: its own `now()` is what they are marked
 * with. After the deletion, in a statement of its own: it sees the key pairs that the deletion has waited for.
 */
export function switchKeysOff(): StatementWrite<void> {
  return writeSpec('switchKeysOff', (catalog) => ({
    statement: catalog.mappingOf(KeypairRow).returningNothing(sql),
    values: [],
    finish: () => undefined,
  }));
}

const sql =
  'UPDATE keypairs k SET is_active = false, is_default = false, modified_at = now() FROM users u ' +
  'WHERE u.deleted_at = now() AND k.user_id = u.id AND k.is_active';
