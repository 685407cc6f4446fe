import { InvalidInput } from '@holdfast/errors';
import { plainObject } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import type { SealedRows } from '@holdfast/standard-repository';
import { z } from 'zod';
import { checkedInput } from './checked-input.js';
import type { NotificationChannelId } from './notification-channel-id.js';
import { type NotificationChannelSecrets, SECRET_NAMES, type SecretName } from './notification-channel-secrets.js';
import { NotificationChannelRow } from './notification-channel-row.js';
import { RevealedSecrets } from './revealed-secrets.js';
import { webhookHeaders } from './webhook-headers.js';

/** Columns of secrets, as they are stored. */
export type SealedSecrets = Partial<Pick<NotificationChannelRow, SecretName>>;

const schemas: { readonly [Name in SecretName]: z.ZodType<NonNullable<NotificationChannelSecrets[Name]>> } = {
  headers: webhookHeaders,
  signingSecret: z.string().min(16).max(1_024),
  smtpPassword: z.string().min(1).max(1_024),
};

/** The columns of the secrets of a channel: those that are given. Throws `InvalidInput`, which says nothing of a secret. */
export function sealedSecrets(
  secrets: NotificationChannelSecrets | undefined,
  id: NotificationChannelId,
  keys: SecretKeys,
): SealedSecrets {
  if (secrets === undefined) return {};
  const sealed: SealedSecrets = {};
  for (const [name, secret] of Object.entries(plainObject(secrets, '/secrets')) as [SecretName, unknown][]) {
    // What is no name may be a secret that went astray: it is not repeated.
    if (!SECRET_NAMES.includes(name)) throw new InvalidInput('UNKNOWN_FIELD', 'There is no such secret.', '/secrets');
    if (secret === undefined) continue;
    sealed[name] = secret === null ? null : keys.seal(textOf(name, secret), placeOf(id, name));
  }
  return sealed;
}

/** What the secrets of a row are. Throws `SecretUnreadable`. */
export function revealedSecrets(row: NotificationChannelRow, keys: SecretKeys): RevealedSecrets {
  const open = (name: SecretName): string | null => {
    const sealed = row[name];
    return sealed === null ? null : keys.open(sealed, placeOf(row.id, name));
  };
  const headers = open('headers');
  return new RevealedSecrets({
    headers: headers === null ? {} : (JSON.parse(headers) as Readonly<Record<string, string>>),
    signingSecret: open('signingSecret'),
    smtpPassword: open('smtpPassword'),
  });
}

/** The secrets of channels, to be sealed anew. */
export function sealedRows(secrets: SecretKeys): SealedRows<NotificationChannelRow, NotificationChannelId> {
  const place = (id: NotificationChannelId, name: string): string => placeOf(id, name as SecretName);
  return { entity: NotificationChannelRow, columns: SECRET_NAMES, place, secrets };
}

/** Throws `InvalidInput` where secrets would be given to many channels at once: each is bound to one. */
export function refuseSharedSecrets(secrets: NotificationChannelSecrets | undefined): void {
  if (secrets === undefined) return;
  throw new InvalidInput('INVALID_VALUE', 'Secrets are set for one channel at a time.', '/secrets');
}

function textOf(name: SecretName, secret: unknown): string {
  const checked = checkedInput<string | object>(schemas[name], secret, `/secrets/${name}`, { isSecret: true });
  return typeof checked === 'string' ? checked : JSON.stringify(checked);
}

function placeOf(id: NotificationChannelId, name: SecretName): string {
  return `notification-channel/${id}/${name}`;
}
