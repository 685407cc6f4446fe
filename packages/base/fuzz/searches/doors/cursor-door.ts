import fc from 'fast-check';
import { arbitrarySearch, type EntityName, fieldSets, type SearchParts } from '../arbitrary-search.js';
import { askedByBody } from '../asked-by-body.js';
import type { SearchDoor } from '../search-door.js';
import { owner, thing } from '../fuzzed-entities.js';
import type { FuzzedDatabase } from '../fuzzed-database.js';
import type { Tenant } from '../fuzzed-values.js';
import { type JudgedSearch, judgeSearch } from '../judge-search.js';
import type { Verdict } from '../../verdict.js';
import { bodyJson } from './json-doors.js';

/** What is changed between the page that a cursor is from and the one that it is given to. */
const twists = ['nothing', 'size', 'total', 'tenant', 'order', 'filter', 'entity', 'cursor', 'key', 'way'] as const;

/** Those that a cursor does not mind. */
const harmless: readonly Twist[] = ['nothing', 'size', 'total', 'way'];

type Twist = (typeof twists)[number];

export interface CursorCase {
  readonly parts: SearchParts;
  readonly backward: boolean;
  readonly size: number;
  /** Which of the page's cursors; counted round. */
  readonly pick: number;
  readonly twist: Twist;
  readonly mutation: (cursor: string) => string;
}

type Body = Record<string, unknown>;

const mutation: fc.Arbitrary<(cursor: string) => string> = fc.oneof(
  fc.constantFrom<((cursor: string) => string)[]>(
    () => '',
    (cursor) => `${cursor}=`,
    (cursor) => ` ${cursor}`,
    (cursor) => `${cursor}\n`,
    (cursor) => cursor.slice(0, -1),
    (cursor) => cursor.slice(1),
    (cursor) => cursor + cursor,
    (cursor) => Buffer.from(cursor, 'base64url').toString('base64'),
    (cursor) => (cursor.startsWith('AQ') ? 'Ag' : 'AQ') + cursor.slice(2),
    (cursor) => encodeURIComponent(`${cursor}+`),
    (cursor) => cursor.toLowerCase(),
  ),
  // One bit of it, whichever.
  fc.tuple(fc.nat(), fc.nat({ max: 7 })).map(([at, bit]) => (cursor: string) => {
    const bytes = Buffer.from(cursor, 'base64url');
    bytes[at % bytes.length]! ^= 1 << bit;
    return bytes.toString('base64url');
  }),
  fc.uint8Array({ maxLength: 200 }).map((bytes) => () => Buffer.from(bytes).toString('base64url')),
);

const arbitrary: fc.Arbitrary<CursorCase> = fc.record({
  parts: arbitrarySearch,
  backward: fc.boolean(),
  size: fc.constantFrom(1, 2, 5, 20),
  pick: fc.nat({ max: 30 }),
  twist: fc.constantFrom(...twists),
  mutation,
});

/** The request that goes on; null where it would be the same. */
function goneOn({ twist, mutation: mutated, backward, size }: CursorCase, body: Body, cursor: string): Body | null {
  const at = (way: boolean, given: string): Body =>
    way ? { last: size, before: given } : { first: size, after: given };
  const { first: _, last: __, ...rest } = body;
  const next = { ...rest, ...at(backward, cursor) };
  switch (twist) {
    case 'size':
      return { ...next, [backward ? 'last' : 'first']: size + 3 };
    case 'total':
      return { ...next, total: 'exact' };
    case 'way':
      return { ...rest, ...at(!backward, cursor) };
    case 'order':
      return { ...next, order: otherOrder((body['order'] ?? []) as readonly string[]) };
    case 'filter':
      return { ...next, filter: { and: [body['filter'] ?? {}, { name: { ne: 'nobody' } }] } };
    case 'entity':
      return at(backward, cursor);
    case 'cursor':
      return mutated(cursor) === cursor ? null : { ...rest, ...at(backward, mutated(cursor)) };
    default:
      return next;
  }
}

/** The first from its other end. */
function otherOrder([first = 'name', ...rest]: readonly string[]): readonly string[] {
  return [first.startsWith('-') ? first.slice(1) : `-${first}`, ...rest];
}

function judgeBody(
  fuzzed: FuzzedDatabase,
  entity: EntityName,
  tenant: Tenant,
  request: Body,
  position: string | null,
): Promise<JudgedSearch> {
  const fields = fieldSets[entity];
  return judgeSearch(fuzzed, {
    entity,
    tenant,
    request,
    position,
    read: () => fields.parseSearchBody(request),
    asked: () => askedByBody(fields, { thing, owner }[entity], request),
  });
}

async function judge(fuzzed: FuzzedDatabase, one: CursorCase): Promise<Verdict> {
  const { parts, backward, size, twist } = one;
  // As it comes over the wire.
  const { ...body } = JSON.parse(
    JSON.stringify(bodyJson({ ...parts, page: { [backward ? 'last' : 'first']: size } })),
  ) as Body;
  const start = await judgeBody(fuzzed, parts.entity, 'mine', body, null);
  const at = start.page === null || start.page.items.length === 0 ? null : one.pick % start.page.items.length;
  if (start.fault !== null || start.page === null || at === null) return start;
  const cursor = start.page.cursors[at]!;
  const position = harmless.includes(twist) ? (start.page.items[at] as { id: string }).id : null;
  const next = goneOn(one, body, cursor);
  if (next === null) return start;
  const other = parts.entity === 'thing' ? 'owner' : 'thing';
  const entity = twist === 'entity' ? other : parts.entity;
  const used = twist === 'key' ? { ...fuzzed, ...fuzzed.withOtherKey } : fuzzed;
  const went = await judgeBody(used, entity, twist === 'tenant' ? 'theirs' : 'mine', next, position);
  if (went.fault !== null) return { ...went, fault: `with another ${twist}: ${went.fault}` };
  if (position !== null && !went.answered)
    return { ...went, fault: `with another ${twist} a genuine cursor was refused` };
  return went;
}

export const cursorDoor: SearchDoor<CursorCase> = { name: 'cursors', share: 9, arbitrary, judge };
