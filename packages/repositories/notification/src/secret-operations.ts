import { entityOperations, type StatementWrite, type WriteSpec } from '@holdfast/base';
import { unscoped } from '@holdfast/querier';
import { NotificationChannelAlreadyExists } from './notification-channel-already-exists.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import { NotificationChannelNotFound } from './notification-channel-not-found.js';
import { NotificationChannelSecretRow } from './notification-channel-secret-row.js';
import type { SealedSecrets } from './sealed-secrets.js';

// What is written comes back without its secrets.
const secrets = entityOperations<NotificationChannelSecretRow, NotificationChannelId, NotificationChannelId>({
  entity: NotificationChannelSecretRow,
  toData: ({ channelId }) => channelId,
  notFound: (id) => new NotificationChannelNotFound(id),
  alreadyExists: () => new NotificationChannelAlreadyExists(),
});

const ofChannels = unscoped('the secrets of a channel that was made or found in its scope');
const none = { headers: null, signingSecret: null, smtpPassword: null };

/** Stores the secrets of new channels. */
export function storeSecrets(sealed: readonly (readonly [NotificationChannelId, SealedSecrets])[]): WriteSpec<unknown> {
  return secrets.bulkCreate(
    ofChannels,
    sealed.map(([channelId, given]) => ({ values: { channelId, ...none, ...given } })),
  );
}

/** Stores those secrets of a channel that are given, in place of what is there. */
export function replaceSecrets(channelId: NotificationChannelId, sealed: SealedSecrets): StatementWrite<unknown> {
  return secrets.upsert(ofChannels, { values: { channelId, ...sealed } });
}
