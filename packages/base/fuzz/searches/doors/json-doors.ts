import fc from 'fast-check';
import type { FieldSet } from '@holdfast/querier';
import { askedByBody } from '../asked-by-body.js';
import { askedByGraphql } from '../asked-by-graphql.js';
import { arbitrarySearch, type EntityName, fieldSets, type SearchParts } from '../arbitrary-search.js';
import type { Asked } from '../asked.js';
import type { SearchDoor } from '../search-door.js';
import { type FuzzedEntity, owner, thing } from '../fuzzed-entities.js';
import { judgeSearch } from '../judge-search.js';
import { anyJson } from '../odd-values.js';

/** A JSON text for an entity's door. */
export interface JsonCase {
  readonly entity: EntityName;
  readonly text: string;
}

type Fields = FieldSet<never>;
type Read = (fields: Fields, json: unknown) => unknown;
type Ask = (fields: Fields, entity: FuzzedEntity, json: unknown) => Asked;

const entities = { thing, owner };

/** A door that takes JSON. */
export function jsonDoor(
  name: string,
  share: number,
  arbitrary: fc.Arbitrary<JsonCase>,
  read: Read,
  ask: Ask,
): SearchDoor<JsonCase> {
  return {
    name,
    share,
    arbitrary,
    judge(fuzzed, { entity, text }) {
      const request = JSON.parse(text) as unknown;
      return judgeSearch(fuzzed, {
        entity,
        tenant: 'mine',
        request,
        position: null,
        read: () => read(fieldSets[entity], request),
        asked: () => ask(fieldSets[entity], entities[entity], request),
      });
    },
  };
}

/** Through the Standard Schema, which must be of one mind with the method. */
const readBody: Read = (fields, body) => {
  const { issues } = fields.searchBody['~standard'].validate(body) as { issues?: readonly unknown[] };
  const querier = fields.parseSearchBody(body);
  if (issues !== undefined) throw new Error('The Standard Schema refuses what is read.');
  return querier;
};

const readGraphql: Read = (fields, args) => fields.parseGraphql(args);

export const bodyJson = ({ filter, order, page, total, stray }: SearchParts): unknown => ({
  filter,
  order,
  ...page,
  total,
  ...(stray === null ? {} : (Object.fromEntries([stray]) as object)),
});

const graphqlTotals = new Map<unknown, unknown>([
  ['none', null],
  ['exact', { exact: true }],
]);

function graphqlArguments(parts: SearchParts): unknown {
  const { order, total } = parts;
  return {
    ...(bodyJson(parts) as object),
    order: Array.isArray(order) ? order.map(graphqlOrder) : order,
    total: typeof total === 'number' ? { atMost: total } : graphqlTotals.has(total) ? graphqlTotals.get(total) : total,
  };
}

function graphqlOrder(text: unknown): unknown {
  const match = typeof text === 'string' ? /^(-?)(\w+)(?::nulls(First|Last))?$/.exec(text) : null;
  if (match === null) return text;
  const [, minus, by, nulls] = match;
  return { by, direction: minus === '' ? 'ASC' : 'DESC', nulls: nulls === undefined ? null : nulls.toUpperCase() };
}

const cases = (make: (parts: SearchParts) => unknown): fc.Arbitrary<JsonCase> =>
  arbitrarySearch.map((parts) => ({ entity: parts.entity, text: JSON.stringify(make(parts)) }));

const anyBody: fc.Arbitrary<JsonCase> = fc
  .oneof(
    fc.json(),
    anyJson.map((json) => JSON.stringify(json)),
    anyJson.map((filter) => JSON.stringify({ filter })),
    anyJson.map((filter) => `{"__proto__":${JSON.stringify(filter)},"filter":{"__proto__":{"eq":1}}}`),
  )
  .map((text) => ({ entity: 'thing', text }));

export const jsonDoors: readonly SearchDoor<JsonCase>[] = [
  jsonDoor('any JSON body', 8, anyBody, readBody, askedByBody),
  jsonDoor('JSON bodies', 25, cases(bodyJson), readBody, askedByBody),
  jsonDoor('GraphQL arguments', 9, cases(graphqlArguments), readGraphql, askedByGraphql),
];
