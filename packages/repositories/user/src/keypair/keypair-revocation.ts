import type { UnitWrite } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import type { KeypairInfo } from './keypair-info.js';
import { keypairs } from './keypair-operations.js';
import type { KeypairRow } from './keypair-row.js';
import { destroySecret } from './secret-operations.js';
import { keypairUnit } from './keypair-unit.js';

const off = { changes: { isActive: false, isDefault: false } };

/** Ends a key pair for good: it stays as one that there was, its access key is never used again, and its secret is gone. */
export function keypairRevocation(scope: Scope<KeypairRow>, accessKey: AccessKey): UnitWrite<KeypairInfo> {
  return keypairUnit('revokeKeypair', scope, [accessKey], async (unit) => {
    await unit.execute(keypairs.update(scope, accessKey, off));
    await unit.execute(destroySecret(accessKey));
    return unit.execute(keypairs.delete(scope, accessKey));
  });
}
