import { type Branded, uuidText } from '@holdfast/domain-types';

/** The id of a notification rule: a UUID in canonical lower case. */
export type NotificationRuleId = Branded<string, 'NotificationRuleId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function notificationRuleId(text: string, pointer = 'ruleId'): NotificationRuleId {
  return uuidText(text, 'notification rule id', pointer) as NotificationRuleId;
}
