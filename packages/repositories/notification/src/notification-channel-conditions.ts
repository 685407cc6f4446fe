import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { NotificationChannelRow } from './notification-channel-row.js';
import type { NotificationChannelType } from './notification-channel-type.js';

type Condition = QueryCondition<NotificationChannelRow>;

/** Conditions on notification channels. What they do not cover is written with `where<NotificationChannelRow>({ … })`. */
export const NotificationChannelConditions = Object.freeze({
  nameEquals: (name: string, options?: TextMatchOptions): Condition =>
    textMatch<NotificationChannelRow>('name', 'equals', name, options),
  nameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<NotificationChannelRow>('name', 'contains', text, options),
  nameStartsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<NotificationChannelRow>('name', 'startsWith', text, options),
  nameEndsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<NotificationChannelRow>('name', 'endsWith', text, options),
  nameIn: (names: readonly string[], options?: TextMatchOptions): Condition =>
    textMatch<NotificationChannelRow>('name', 'in', names, options),
  typeEquals: (type: NotificationChannelType): Condition =>
    where<NotificationChannelRow>({ channelType: { eq: type } }),
  typeIn: (types: readonly NotificationChannelType[]): Condition =>
    where<NotificationChannelRow>({ channelType: { in: types } }),
  enabledEquals: (enabled: boolean): Condition => where<NotificationChannelRow>({ enabled: { eq: enabled } }),
});
