import type { DomainName, UserId } from '@holdfast/domain-types';
import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { GroupRow } from './group-row.js';
import type { GroupType } from './group-type.js';

type Condition = QueryCondition<GroupRow>;

/** Conditions on groups. What they do not cover is written with `where<GroupRow>({ … })`. */
export const GroupConditions = Object.freeze({
  nameEquals: (name: string, options?: TextMatchOptions): Condition =>
    textMatch<GroupRow>('name', 'equals', name, options),
  nameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<GroupRow>('name', 'contains', text, options),
  nameStartsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<GroupRow>('name', 'startsWith', text, options),
  nameEndsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<GroupRow>('name', 'endsWith', text, options),
  nameIn: (names: readonly string[], options?: TextMatchOptions): Condition =>
    textMatch<GroupRow>('name', 'in', names, options),
  descriptionContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<GroupRow>('description', 'contains', text, options),

  domainNameEquals: (name: DomainName): Condition => where<GroupRow>({ domainName: { eq: name } }),
  isActive: (isActive = true): Condition => where<GroupRow>({ isActive: { eq: isActive } }),
  typeEquals: (type: GroupType): Condition => where<GroupRow>({ type: { eq: type } }),
  integrationIdEquals: (integrationId: string): Condition => where<GroupRow>({ integrationId: { eq: integrationId } }),
  /** The user is a member. */
  hasMember: (userUuid: UserId): Condition => where<GroupRow>({ members: { some: { userUuid: { eq: userUuid } } } }),

  /** Strictly before. */
  createdBefore: (moment: Date): Condition => where<GroupRow>({ createdAt: { lt: moment } }),
  /** Strictly after. */
  createdAfter: (moment: Date): Condition => where<GroupRow>({ createdAt: { gt: moment } }),
});
