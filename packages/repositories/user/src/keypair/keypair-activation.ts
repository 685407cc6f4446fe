import type { UnitWrite } from '@holdfast/base';
import type { AccessKey } from '@holdfast/domain-types';
import type { Scope } from '@holdfast/querier';
import type { KeypairInfo } from './keypair-info.js';
import { keypairs } from './keypair-operations.js';
import type { KeypairRow } from './keypair-row.js';
import { lockOwner } from './lock-owner.js';
import { unitAbout } from './unit-about.js';

const on = { changes: { isActive: true } };

/** Switches a key pair on, unless its user is deleted: who is locked, so that it is not deleted meanwhile. */
export function keypairActivation(scope: Scope<KeypairRow>, accessKey: AccessKey): UnitWrite<KeypairInfo> {
  const change = keypairs.update(scope, accessKey, on);
  return unitAbout('activateKeypair', change, [accessKey], async (unit) => {
    await lockOwner(unit, scope, accessKey);
    return unit.execute(change);
  });
}
