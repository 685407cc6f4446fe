import type { RevealedSecretValues, WebhookConfig } from '@holdfast/notification-repository';

/** A message for a webhook. */
export interface WebhookMessage {
  readonly config: WebhookConfig;
  readonly secrets: Pick<RevealedSecretValues, 'headers' | 'signingSecret'>;
  readonly body: string;
  /** The same for the same message, however often it is sent. */
  readonly idempotencyKey: string;
}
