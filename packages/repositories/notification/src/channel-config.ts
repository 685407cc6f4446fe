import { InvalidInput } from '@holdfast/errors';
import { z } from 'zod';
import { checkedInput } from './checked-input.js';
import type { EmailConfig, EmailConfigInput } from './email-config.js';
import { checkMessageTemplate } from './message-template.js';
import { isKnownContentType } from './message-escapes.js';
import type { NotificationChannelType } from './notification-channel-type.js';
import { COMMON_VARIABLES } from './notification-variables.js';
import { WEBHOOK_METHODS, type WebhookConfig, type WebhookConfigInput } from './webhook-config.js';

/** The settings of a channel of either type. */
export type NotificationChannelConfig = WebhookConfig | EmailConfig;

/** What is given of them. */
export type NotificationChannelConfigInput = WebhookConfigInput | EmailConfigInput;

const timeoutMs = z.int().min(1).max(120_000).default(30_000);
const address = z.email({ error: 'A mail address is needed, e.g. ops@example.org' }).max(254);

const webhook = z.strictObject({
  url: z.string().max(2_048).refine(isWebhookUrl, {
    error: 'An http or https address is needed, without user, password and fragment',
  }),
  method: z.enum(WEBHOOK_METHODS).default('POST'),
  contentType: z
    .string()
    .max(128)
    .refine(isKnownContentType, { error: 'Messages are JSON, XML, HTML, a form or plain text' })
    .default('application/json'),
  timeoutMs,
  successCodes: z.array(z.int().min(200).max(299)).min(1).max(100).default([200, 201, 202, 204]),
});

const email = z.strictObject({
  smtp: z.strictObject({
    host: z
      .string()
      .max(253)
      .regex(/^[A-Za-z0-9](?:[A-Za-z0-9.:-]*[A-Za-z0-9])?$/, { error: 'The name or address of a host is needed' }),
    port: z.int().min(1).max(65_535).default(587),
    tls: z.boolean().default(true),
    timeoutMs,
    username: z.string().min(1).max(256).nullable().default(null),
  }),
  from: address,
  to: z.array(address).min(1).max(100),
  subjectTemplate: z
    .string()
    .min(1)
    .max(256)
    .regex(/^[^\r\n]*$/, { error: 'A subject is one line' })
    .default('[{{domainName}}] {{ruleName}}'),
});

/** The settings of a channel with their defaults. Throws `InvalidInput` for what makes none of its type. */
export function channelConfig(
  type: NotificationChannelType,
  input: NotificationChannelConfigInput,
  pointer = '/config',
): NotificationChannelConfig {
  if (type === 'webhook') return checkedInput<WebhookConfig>(webhook, input, pointer);
  if (type !== 'email') throw new InvalidInput('INVALID_VALUE', 'No type of a channel.', '/type');
  const config = checkedInput<EmailConfig>(email, input, pointer);
  checkMessageTemplate(config.subjectTemplate, COMMON_VARIABLES, `${pointer}/subjectTemplate`);
  return config;
}

/** Which type of channel such settings are for, by what only they have; whether they are any is not said. */
export function typeOfConfig(input: NotificationChannelConfigInput): NotificationChannelType {
  return typeof input === 'object' && input !== null && 'smtp' in input ? 'email' : 'webhook';
}

/** Whether settings are those of a webhook. */
export function isWebhookConfig(config: NotificationChannelConfig): config is WebhookConfig {
  return 'url' in config;
}

function isWebhookUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, username, password, hash } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && hash === '';
}
