import type { UpdaterSpec } from '@holdfast/base';
import type { SecretKeys } from '@holdfast/secrets';
import { checkChanges, checkedChange } from '@holdfast/standard-repository';
import { channelConfig, typeOfConfig } from './channel-config.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelRow } from './notification-channel-row.js';
import type { NotificationChannelUpdate } from './notification-channel-update.js';
import { notificationDescription, notificationName } from './notification-name.js';
import { refuseSharedSecrets, type SealedSecrets, sealedSecrets, secretFlags } from './sealed-secrets.js';

/** What of a channel is changed, with its secrets encrypted. */
export type SealedChannelUpdate = NotificationChannelUpdate & { readonly sealed?: SealedSecrets };

const changeable: ReadonlySet<string> = new Set<keyof SealedChannelUpdate>([
  'name',
  'description',
  'enabled',
  'config',
  'secrets',
]);

/** Encrypts the secrets for one channel. Throws `InvalidInput` for what are none. */
export function sealedChannelUpdate(
  { secrets, ...update }: NotificationChannelUpdate,
  id: NotificationChannelId,
  keys: SecretKeys,
): SealedChannelUpdate & { readonly sealed: SealedSecrets } {
  return { ...update, sealed: sealedSecrets(secrets, id, keys) };
}

/**
 * The changes of a channel's row, which are stored beside its secrets. Throws `InvalidInput`: `UNKNOWN_FIELD` for what is
 * not changed this way, also where types were got around; else for values that are none, and secrets that are not encrypted.
 */
export function notificationChannelUpdater({
  sealed = {},
  ...update
}: SealedChannelUpdate): UpdaterSpec<NotificationChannelRow> {
  checkChanges(update, changeable);
  const checks = { name: notificationName, description: notificationDescription };
  const { name, description, enabled, config, secrets } = checkedChange(update, checks);
  refuseSharedSecrets(secrets);
  return {
    changes: {
      ...(name !== undefined && { name }),
      ...(description !== undefined && { description }),
      ...(enabled !== undefined && { enabled }),
      ...(config !== undefined && { config: channelConfig(typeOfConfig(config), config) }),
      ...secretFlags(sealed),
    },
  };
}
