import type { UnitWrite, WriteSpec } from '@holdfast/base';
import { firstThen } from '@holdfast/standard-repository';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelInfo } from './notification-channel-info.js';
import { hasSecrets, type SealedSecrets } from './sealed-secrets.js';
import { replaceSecrets, storeSecrets } from './secret-operations.js';

/**
 * New channels with their secrets. `secrets` are those of each in its place, `idsOf` says which channels were made, null
 * where one was not.
 */
export function createdWithSecrets<Made>(
  creation: WriteSpec<Made>,
  secrets: readonly SealedSecrets[],
  idsOf: (made: Made) => readonly (NotificationChannelId | null)[],
): WriteSpec<Made> {
  if (!secrets.some(hasSecrets)) return creation;
  return bothOf(creation, secrets, (made) =>
    storeSecrets(idsOf(made).flatMap((id, i) => (id !== null && hasSecrets(secrets[i]!) ? [[id, secrets[i]!]] : []))),
  );
}

/** A change of a channel with that of its secrets. */
export function changedWithSecrets(
  change: WriteSpec<NotificationChannelInfo>,
  secrets: SealedSecrets,
): WriteSpec<NotificationChannelInfo> {
  return hasSecrets(secrets) ? bothOf(change, [secrets], ({ id }) => replaceSecrets(id, secrets)) : change;
}

/** In one transaction. Operation keys are bound to the secrets, too. */
function bothOf<Made>(
  first: WriteSpec<Made>,
  secrets: readonly SealedSecrets[],
  stored: (made: Made) => WriteSpec<unknown>,
): UnitWrite<Made> {
  const both = firstThen(first, stored);
  const payload: UnitWrite<Made>['payload'] = (catalog, actor) =>
    JSON.stringify([both.payload!(catalog, actor), secrets]);
  return Object.freeze({ ...both, payload });
}
