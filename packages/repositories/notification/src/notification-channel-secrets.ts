/**
 * What of a channel is encrypted where it is stored, and never returned but by `getChannelForDispatch`. Absent = leave,
 * null = remove.
 */
export interface NotificationChannelSecrets {
  /** Headers of a webhook, as a whole, e.g. `{ Authorization: 'Bearer …' }`: all of their values are taken for secrets. */
  readonly headers?: Readonly<Record<string, string>> | null;
  /** What a webhook's messages are signed with. At least 16 characters. */
  readonly signingSecret?: string | null;
  /** The password of a mail server. */
  readonly smtpPassword?: string | null;
}

/** The secrets of a channel, by name. */
export type SecretName = keyof NotificationChannelSecrets;

export const SECRET_NAMES: readonly SecretName[] = Object.freeze(['headers', 'signingSecret', 'smtpPassword']);
