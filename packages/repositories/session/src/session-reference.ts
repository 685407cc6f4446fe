import { InvalidInput } from '@holdfast/errors';
import { and, type QueryCondition, where } from '@holdfast/querier';
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

/** Live sessions whose name begins so. Throws `InvalidInput` for nothing at all. */
export function matchedByName(prefix: string): Condition {
  if (typeof prefix !== 'string' || prefix === '') {
    throw new InvalidInput('MISSING_VALUE', 'The beginning of a name or of an id is needed.', '/prefix');
  }
  return and<SessionRow>(SessionConditions.isLive(), SessionConditions.nameStartsWith(prefix));
}

/** Live sessions whose id begins so, null where none can. Ids are ordered as their texts are: these lie between two of them. */
export function matchedById(prefix: string): Condition | null {
  const text = prefix.toLowerCase();
  const last = text + highest.slice(text.length);
  if (!uuid.test(last)) return null;
  const first = text + lowest.slice(text.length);
  const between = where<SessionRow>({ id: { gte: first as SessionId, lte: last as SessionId } });
  return and<SessionRow>(SessionConditions.isLive(), between);
}
