import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { NotificationChannelId } from './notification-channel-id.js';
import type { NotificationRuleRow } from './notification-rule-row.js';
import type { NotificationRuleType } from './notification-rule-type.js';

type Condition = QueryCondition<NotificationRuleRow>;

/** Conditions on notification rules. What they do not cover is written with `where<NotificationRuleRow>({ … })`. */
export const NotificationRuleConditions = Object.freeze({
  nameEquals: (name: string, options?: TextMatchOptions): Condition =>
    textMatch<NotificationRuleRow>('name', 'equals', name, options),
  nameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<NotificationRuleRow>('name', 'contains', text, options),
  nameStartsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<NotificationRuleRow>('name', 'startsWith', text, options),
  nameEndsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<NotificationRuleRow>('name', 'endsWith', text, options),
  nameIn: (names: readonly string[], options?: TextMatchOptions): Condition =>
    textMatch<NotificationRuleRow>('name', 'in', names, options),
  ruleTypeEquals: (type: NotificationRuleType): Condition => where<NotificationRuleRow>({ ruleType: { eq: type } }),
  ruleTypeIn: (types: readonly NotificationRuleType[]): Condition =>
    where<NotificationRuleRow>({ ruleType: { in: types } }),
  channelIdEquals: (id: NotificationChannelId): Condition => where<NotificationRuleRow>({ channelId: { eq: id } }),
  enabledEquals: (enabled: boolean): Condition => where<NotificationRuleRow>({ enabled: { eq: enabled } }),
});
