import type { UnitWrite } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import type { KeypairInfo } from './keypair-info.js';
import { keypairs } from './keypair-operations.js';
import type { KeypairRow } from './keypair-row.js';
import { lockOwner } from './lock-owner.js';
import { keypairUnit } from './keypair-unit.js';

const on = { changes: { isActive: true } };

/** Switches a key pair on, unless its user is deleted: who is locked, so that it is not deleted meanwhile. */
export function keypairActivation(scope: Scope<KeypairRow>, accessKey: AccessKey): UnitWrite<KeypairInfo> {
  return keypairUnit('activateKeypair', scope, [accessKey], async (unit) => {
    await lockOwner(unit, scope, accessKey);
    return unit.execute(keypairs.update(scope, accessKey, on));
  });
}
