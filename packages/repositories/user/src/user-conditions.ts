import type { DomainName } from '@holdfast/domain-types';
import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import { ADMINISTRATOR_ROLES, type UserRole } from './user-role.js';
import type { UserRow } from './user-row.js';
import type { UserStatus } from './user-status.js';

type Condition = QueryCondition<UserRow>;

const statusIn = (statuses: readonly UserStatus[]): Condition => where<UserRow>({ status: { in: statuses } });

/** Conditions on users. What they do not cover is written with `where<UserRow>({ … })`. */
export const UserConditions = Object.freeze({
  statusEquals: (status: UserStatus): Condition => statusIn([status]),
  /** Deleted users are only found by a search that says `includeDeleted`. */
  statusIn,
  isActive: (): Condition => statusIn(['active']),
  isDeleted: (): Condition => statusIn(['deleted']),
  roleEquals: (role: UserRole): Condition => where<UserRow>({ role: { eq: role } }),
  roleIn: (roles: readonly UserRole[]): Condition => where<UserRow>({ role: { in: roles } }),
  /** Of its domain, or of all. */
  isAdministrator: (): Condition => where<UserRow>({ role: { in: ADMINISTRATOR_ROLES } }),
  domainEquals: (domainName: DomainName): Condition => where<UserRow>({ domainName: { eq: domainName } }),

  /** Whatever the case, as e-mail addresses are unique. */
  emailEquals: (email: string): Condition => where<UserRow>({ email: { ieq: email } }),
  emailContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<UserRow>('email', 'contains', text, options),
  emailEndsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<UserRow>('email', 'endsWith', text, options),
  /** Whatever the case, as usernames are unique. */
  usernameEquals: (username: string): Condition => where<UserRow>({ username: { ieq: username } }),
  usernameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<UserRow>('username', 'contains', text, options),
  usernameStartsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<UserRow>('username', 'startsWith', text, options),
  fullNameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<UserRow>('fullName', 'contains', text, options),

  resourcePolicyEquals: (name: string): Condition => where<UserRow>({ resourcePolicy: { eq: name } }),
  /** Strictly before. */
  createdBefore: (moment: Date): Condition => where<UserRow>({ createdAt: { lt: moment } }),
  /** Strictly after. */
  createdAfter: (moment: Date): Condition => where<UserRow>({ createdAt: { gt: moment } }),
});
