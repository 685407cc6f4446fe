import { InvalidInput } from '@holdfast/errors';
import { plainObject } from '@holdfast/querier';
import type { SecretKeys } from '@holdfast/secrets';
import type { SealedRows } from '@holdfast/standard-repository';
import { z } from 'zod';
import { checkedInput } from './checked-input.js';
import { type NotificationChannelId, notificationChannelId } from './notification-channel-id.js';
import { type NotificationChannelSecrets, SECRET_NAMES, type SecretName } from './notification-channel-secrets.js';
import type { NotificationChannelRow } from './notification-channel-row.js';
import { NotificationChannelSecretRow } from './notification-channel-secret-row.js';
import { RevealedSecrets } from './revealed-secrets.js';
import { webhookHeaders } from './webhook-headers.js';

/** Secrets as they are stored: those that are given, null where one is removed. */
export type SealedSecrets = Partial<Record<SecretName, string | null>>;

const schemas: { readonly [Name in SecretName]: z.ZodType<NonNullable<NotificationChannelSecrets[Name]>> } = {
  headers: webhookHeaders,
  signingSecret: z.string().min(16).max(1_024),
  smtpPassword: z.string().min(1).max(1_024),
};

/** The secrets of a channel for its place, those that are given. Throws `InvalidInput`, which says nothing of a secret. */
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

/** Whether any is given. */
export function hasSecrets(sealed: SealedSecrets): boolean {
  return Object.keys(sealed).length > 0;
}

/** What a channel says of its secrets, as far as they are given. */
export function secretFlags({ headers, signingSecret, smtpPassword }: SealedSecrets): Partial<NotificationChannelRow> {
  return {
    ...(headers !== undefined && { hasHeaders: headers !== null }),
    ...(signingSecret !== undefined && { hasSigningSecret: signingSecret !== null }),
    ...(smtpPassword !== undefined && { hasSmtpPassword: smtpPassword !== null }),
  };
}

/** What the secrets of a channel are. Throws `SecretUnreadable`. */
export function revealedSecrets(
  id: NotificationChannelId,
  sealed: Readonly<Record<SecretName, string | null>>,
  keys: SecretKeys,
): RevealedSecrets {
  const open = (name: SecretName): string | null => {
    const text = sealed[name];
    return text === null ? null : keys.open(text, placeOf(id, name));
  };
  const headers = open('headers');
  return new RevealedSecrets({
    headers: headers === null ? {} : (JSON.parse(headers) as Readonly<Record<string, string>>),
    signingSecret: open('signingSecret'),
    smtpPassword: open('smtpPassword'),
  });
}

/** The secrets of channels, to be sealed anew. */
export function sealedRows(secrets: SecretKeys): SealedRows<NotificationChannelSecretRow, NotificationChannelId> {
  const place = (id: NotificationChannelId, name: string): string => placeOf(id, name as SecretName);
  return { entity: NotificationChannelSecretRow, columns: SECRET_NAMES, place, secrets };
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

// However its id is spelt, a channel is one place.
function placeOf(id: NotificationChannelId, name: SecretName): string {
  return `notification-channel/${notificationChannelId(id, '/id')}/${name}`;
}
