import { InvalidInput } from '@holdfast/errors';
import { and, or, type QueryCondition, where } from '@holdfast/querier';
import type { SessionId } from '@holdfast/domain-types';
import { SessionConditions } from './session-conditions.js';
import type { SessionRow } from './session-row.js';

type Condition = QueryCondition<SessionRow>;

const uuid = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const lowest = '00000000-0000-0000-0000-000000000000';
const highest = 'ffffffff-ffff-ffff-ffff-ffffffffffff';

/** What may be meant, the first first: a session by its id, live or over, and a live one by its name. */
export function references(nameOrId: string): readonly Condition[] {
  const named = and<SessionRow>(SessionConditions.nameEquals(nameOrId), SessionConditions.isLive());
  return uuid.test(nameOrId) ? [where<SessionRow>({ id: { eq: nameOrId as SessionId } }), named] : [named];
}

/** Live sessions whose name, or whose id, begins so. Throws `InvalidInput` for nothing at all. */
export function beginningWith(prefix: string): Condition {
  if (typeof prefix !== 'string' || prefix === '') {
    throw new InvalidInput('MISSING_VALUE', 'The beginning of a name or of an id is needed.', '/prefix');
  }
  const named = SessionConditions.nameStartsWith(prefix);
  const ids = idsBeginningWith(prefix.toLowerCase());
  return and<SessionRow>(SessionConditions.isLive(), ids === null ? named : or<SessionRow>(named, ids));
}

/** Ids are ordered as their texts are: those that begin so lie between two of them. */
function idsBeginningWith(prefix: string): Condition | null {
  const last = prefix + highest.slice(prefix.length);
  if (!uuid.test(last)) return null;
  const first = prefix + lowest.slice(prefix.length);
  return where<SessionRow>({ id: { gte: first as SessionId, lte: last as SessionId } });
}
