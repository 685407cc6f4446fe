import { type Branded, uuidText } from '@holdfast/domain-types';

/** The id of a notification channel: a UUID in canonical lower case. */
export type NotificationChannelId = Branded<string, 'NotificationChannelId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function notificationChannelId(text: string, pointer = 'channelId'): NotificationChannelId {
  return uuidText(text, 'notification channel id', pointer) as NotificationChannelId;
}
