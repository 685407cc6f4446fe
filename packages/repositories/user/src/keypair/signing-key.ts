import { type ReadSpec, readSpec, withinScope } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import { columnType, compileScope, freeze, ownRows, type Scope, SqlWriter } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import { seeingAll } from '../seeing-all.js';
import { UserRow } from '../user-row.js';
import { KeypairRow, toKeypairInfo } from './keypair-row.js';
import { KeypairSecretRow } from './keypair-secret-row.js';
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
  const spec = readSpec('findSigningKey', (catalog) => {
    const mapping = catalog.mappingOf(KeypairRow);
    const [secret, user] = [catalog.mappingOf(KeypairSecretRow), catalog.mappingOf(UserRow)];
    const writer = new SqlWriter();
    const key = writer.element(mapping.key.type, accessKey, '/accessKey');
    const own = compileScope(ownRows(mapping, 'k'), scope, writer);
    const isActive = writer.text('active', 'text');
    const sql =
      `SELECT ${mapping.listOf('k')}, s.${sealed.sql} FROM ${mapping.table} k ` +
      `JOIN ${secret.table} s ON s.${secret.key.sql} = k.${mapping.key.sql} ` +
      `JOIN ${user.table} u ON u.${user.key.sql} = k.${mapping.column('userId').sql} ` +
      `WHERE k.${mapping.key.sql} = ${key} AND k.${mapping.column('isActive').sql} ` +
      `AND k.${mapping.column('revokedAt').sql} IS NULL AND u.${user.column('status').sql} = ${isActive} AND ${own}`;
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
  return seeingAll(withinScope({}, scope, spec, { relations: false }));
}
