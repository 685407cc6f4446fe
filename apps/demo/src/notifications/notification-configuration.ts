import { randomBytes } from 'node:crypto';
import { type EncryptionKey, SecretKeys } from '@holdfast/secrets';
import { StartUpFailure } from '../start-up-failure.js';

/** What the environment says of notifications. */
export interface NotificationConfiguration {
  /** The keys that secrets of channels are encrypted with, the newest first; null: one of its own for each start. */
  readonly secretKeys: SecretKeys | null;
  /** Whether webhooks and mail servers may be this machine and in its network. */
  readonly toPrivateAddresses: boolean;
}

/**
 * Reads `SECRET_KEYS`, e.g. `2026-11:<32 bytes in base64>,2026-05:…`, and `NOTIFICATIONS_TO_PRIVATE_ADDRESSES`, which
 * is `yes`, `no` or absent. Throws `StartUpFailure`, which repeats nothing of either.
 */
export function notificationConfiguration(
  environment: Readonly<Record<string, string | undefined>>,
): NotificationConfiguration {
  return {
    secretKeys: secretKeys(environment['SECRET_KEYS'] ?? ''),
    toPrivateAddresses: isYes(environment['NOTIFICATIONS_TO_PRIVATE_ADDRESSES'] ?? ''),
  };
}

/** A key that nobody else has: what it encrypts is lost with it. */
export function passingSecretKeys(): SecretKeys {
  return new SecretKeys([{ id: 'passing', key: randomBytes(32).toString('base64') }]);
}

function secretKeys(text: string): SecretKeys | null {
  if (text === '') return null;
  const keys = text.split(',').map((one): EncryptionKey => {
    const [id, ...key] = one.split(':');
    return { id: id!, key: key.join(':') };
  });
  try {
    return new SecretKeys(keys as [EncryptionKey]);
  } catch {
    throw new StartUpFailure(
      'SECRET_KEYS is not of the form id:key,id:key with different ids, each key being 32 bytes in base64.',
    );
  }
}

function isYes(text: string): boolean {
  if (text !== '' && text !== 'yes' && text !== 'no') {
    throw new StartUpFailure('NOTIFICATIONS_TO_PRIVATE_ADDRESSES is yes or no.');
  }
  return text === 'yes';
}
