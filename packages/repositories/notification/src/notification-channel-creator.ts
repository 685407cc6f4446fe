import { type CreatorSpec, newId } from '@holdfast/base';
import type { SecretKeys } from '@holdfast/secrets';
import { channelConfig } from './channel-config.js';
import type { NotificationChannelCreationSpec } from './notification-channel-creation-spec.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationChannelRow } from './notification-channel-row.js';
import { notificationDescription, notificationName } from './notification-name.js';
import { type SealedSecrets, sealedSecrets, secretFlags } from './sealed-secrets.js';

/** What a channel is created from, with its secrets encrypted. */
export type SealedChannelSpec = NotificationChannelCreationSpec & {
  readonly sealed: { readonly id: NotificationChannelId; readonly secrets: SealedSecrets };
};

/** The row of a new channel, and what is stored beside it. */
export interface ChannelCreatorSpec extends CreatorSpec<NotificationChannelRow> {
  readonly secrets: SealedSecrets;
}

/** Encrypts the secrets, for the id that the channel will have. Throws `InvalidInput` for what are none. */
export function sealedChannelSpec(spec: NotificationChannelCreationSpec, keys: SecretKeys): SealedChannelSpec {
  const id = spec.id ?? (newId() as NotificationChannelId);
  return { ...spec, sealed: { id, secrets: sealedSecrets(spec.secrets, id, keys) } };
}

/** A new channel. Throws `InvalidInput` for settings that make none. */
export function notificationChannelCreator(spec: SealedChannelSpec): ChannelCreatorSpec {
  const { id, secrets } = spec.sealed;
  return {
    secrets,
    minted: spec.id === undefined ? [id] : [],
    values: {
      id,
      name: notificationName(spec.name),
      description: notificationDescription(spec.description ?? null),
      channelType: spec.type,
      config: channelConfig(spec.type, spec.config),
      enabled: spec.enabled ?? true,
      createdBy: spec.createdBy ?? null,
      ...secretFlags(secrets),
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.domainName !== undefined && { domainName: spec.domainName }),
    },
  };
}
