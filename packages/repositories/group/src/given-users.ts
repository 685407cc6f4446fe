import { userId, type UserId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';

/** How many users one statement takes. */
const AT_ONCE = 1_000;

/** Users as they were given, each once, with its first place. */
export type GivenUsers = ReadonlyMap<UserId, number>;

/** Reads a list of ids. Throws `InvalidInput` (`INVALID_VALUE`, `INVALID_ID`), pointing at the one that is none. */
export function givenUsers(list: readonly UserId[]): GivenUsers {
  if (!Array.isArray(list)) throw new InvalidInput('INVALID_VALUE', 'A list of users is needed here.', '/userUuids');
  const given: readonly UserId[] = list;
  const users = new Map<UserId, number>();
  // Not `forEach`: it would skip holes.
  for (let index = 0; index < given.length; index++) {
    const user = userId(given[index]!, `/userUuids/${index}`);
    if (!users.has(user)) users.set(user, index);
  }
  return users;
}

/** Pieces that one statement takes, in one order for all callers, so that they wait for each other in that order. */
export function* pieces(users: GivenUsers): Generator<readonly UserId[]> {
  const sorted = [...users.keys()].sort();
  for (let from = 0; from < sorted.length; from += AT_ONCE) yield sorted.slice(from, from + AT_ONCE);
}

/** How many pieces so many users are. */
export function piecesOf(users: number): number {
  return Math.ceil(users / AT_ONCE);
}
