import { checkObject } from '@holdfast/base';
import type { UserId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { type QueryCondition, where } from '@holdfast/querier';
import { UserConditions } from '../user-conditions.js';
import type { UserRow } from '../user-row.js';

/** Whose password it is said to be. */
export type PasswordHolder = { readonly id: UserId } | { readonly email: string } | { readonly username: string };

/** The condition that the user meets. Throws `InvalidInput` where not exactly one of the three is said. */
export function holderCondition(holder: PasswordHolder): QueryCondition<UserRow> {
  checkObject(holder, '');
  const { id, email, username } = holder as {
    readonly id?: UserId;
    readonly email?: string;
    readonly username?: string;
  };
  const conditions = [
    ...(id === undefined ? [] : [where<UserRow>({ id: { eq: id } })]),
    ...(email === undefined ? [] : [UserConditions.emailEquals(email)]),
    ...(username === undefined ? [] : [UserConditions.usernameEquals(username)]),
  ];
  const [condition] = conditions;
  if (condition === undefined || conditions.length > 1) {
    throw new InvalidInput(
      'INVALID_VALUE',
      'A user is named by its id, e-mail address or username, by one of them.',
      '',
    );
  }
  return condition;
}
