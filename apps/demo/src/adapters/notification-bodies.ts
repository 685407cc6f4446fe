import {
  NOTIFICATION_RULE_TYPES,
  type NotificationChannelConfigInput,
  type NotificationChannelSecrets,
  NotificationChannelType,
} from '@holdfast/notification-repository';
import { z } from 'zod';
import { storableText } from './storable-text.js';

const description = storableText(2_048).nullable();
// What is in them is the repository's to check.
const members = z.record(z.string(), z.unknown());
const config = members.transform((given) => given as unknown as NotificationChannelConfigInput);
const secrets = members.transform((given): NotificationChannelSecrets => given);

/** The body of `POST /notification-channels`. The superadmin says which domain's it shall be. */
export const channelCreation = z.strictObject({
  name: storableText(256),
  description: description.exactOptional(),
  type: z.enum(Object.values(NotificationChannelType)),
  config,
  secrets: secrets.exactOptional(),
  enabled: z.boolean().exactOptional(),
  domainName: z.string().exactOptional(),
});

/** The body of `PATCH /notification-channels/:id`: what is left out stays, and null empties. */
export const channelUpdate = z.strictObject({
  name: storableText(256).exactOptional(),
  description: description.exactOptional(),
  config: config.exactOptional(),
  secrets: secrets.exactOptional(),
  enabled: z.boolean().exactOptional(),
});

/** The body of `POST /notification-rules`. */
export const ruleCreation = z.strictObject({
  name: storableText(256),
  description: description.exactOptional(),
  ruleType: z.enum(NOTIFICATION_RULE_TYPES),
  channelId: z.string(),
  messageTemplate: storableText(16_384),
  enabled: z.boolean().exactOptional(),
  domainName: z.string().exactOptional(),
});

/** The body of `PATCH /notification-rules/:id`: a template goes together with its type. */
export const ruleUpdate = z.strictObject({
  name: storableText(256).exactOptional(),
  description: description.exactOptional(),
  ruleType: z.enum(NOTIFICATION_RULE_TYPES).exactOptional(),
  channelId: z.string().exactOptional(),
  messageTemplate: storableText(16_384).exactOptional(),
  enabled: z.boolean().exactOptional(),
});
