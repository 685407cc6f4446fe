import { type ReadSpec, readSpec } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import { columnType, compileScope, freeze, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import { KeypairRow, toKeypairInfo } from './keypair-row.js';
import type { KeypairWithSecret } from './keypair-with-secret.js';
import { SecretKey } from './secret-key.js';
import { placeOf } from './secret-place.js';

const sealed = { property: 'sealed', sql: 'sealed', type: columnType('text'), nullable: false };

/** A key pair that requests may be signed with now, with its secret: in one statement, for each request asks for it. */
export function signingKey(
  secrets: SecretKeys,
  scope: Scope<KeypairRow>,
  accessKey: AccessKey,
): ReadSpec<KeypairWithSecret | null> {
  return readSpec('findSigningKey', (catalog) => {
    const mapping = catalog.mappingOf(KeypairRow);
    const writer = new SqlWriter();
    const key = writer.element(mapping.key.type, accessKey, '/accessKey');
    const own = compileScope(ownRows(mapping, 'k'), scope, writer);
    const sql =
      `SELECT ${mapping.listOf('k')}, s.sealed FROM ${mapping.table} k ` +
      'JOIN keypair_secrets s ON s.access_key = k.access_key JOIN users u ON u.id = k.user_id ' +
      `WHERE k.access_key = ${key} AND k.is_active AND k.revoked_at IS NULL ` +
      `AND u.status = 'active' AND u.deleted_at IS NULL AND ${own}`;
    return {
      statement: mapping.returningAlso(sealed, sql),
      values: writer.values,
      finish({ rows: [row], positions: [position] }) {
        if (row === undefined) return null;
        const keypair = toKeypairInfo(row as KeypairRow);
        return freeze({ keypair, secretKey: new SecretKey(secrets.open(position![0]!, placeOf(keypair.accessKey))) });
      },
    };
  });
}
