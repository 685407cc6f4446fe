import fc from 'fast-check';
import { askedByParameters } from '../asked-by-parameters.js';
import { arbitrarySearch, type EntityName, fieldSets, type SearchParts } from '../arbitrary-search.js';
import type { SearchDoor } from '../search-door.js';
import { owner, thing } from '../fuzzed-entities.js';
import { judgeSearch } from '../judge-search.js';
import { mostly } from '../../mostly.js';
import { anyName, anyText } from '../odd-values.js';

/** A query string for an entity's door, without its question mark. */
export interface QueryStringCase {
  readonly entity: EntityName;
  readonly text: string;
}

const entities = { thing, owner };

export function queryStringDoor(
  name: string,
  share: number,
  arbitrary: fc.Arbitrary<QueryStringCase>,
): SearchDoor<QueryStringCase> {
  return {
    name,
    share,
    arbitrary,
    judge(fuzzed, { entity, text }) {
      const parameters = new URLSearchParams(text);
      const fields = fieldSets[entity];
      return judgeSearch(fuzzed, {
        entity,
        tenant: 'mine',
        request: parameters,
        position: null,
        read() {
          // The Standard Schema must be of one mind with the method.
          const { issues } = fields.searchParameters['~standard'].validate(text) as { issues?: readonly unknown[] };
          const querier = fields.parseSearch(parameters);
          if (issues !== undefined) throw new Error('The Standard Schema refuses what is read.');
          return querier;
        },
        asked: () => askedByParameters(fields, entities[entity], parameters),
      });
    },
  };
}

type Pair = readonly [name: string, value: string];

const textOf = (value: unknown): string =>
  Array.isArray(value)
    ? value.map(textOf).join(',')
    : typeof value === 'string'
      ? value
      : JSON.stringify(value ?? null);

/** The filter as flat parameters where it can be, and what cannot be flat as JSON. */
function filterPairs(filter: unknown, isFlat: boolean): readonly Pair[] {
  if (filter === undefined) return [];
  if (!isFlat || typeof filter !== 'object' || filter === null) return [['filter', JSON.stringify(filter)]];
  return Object.entries(filter).flatMap(([field, operators]): Pair[] => {
    const isGroup = field === 'and' || field === 'or' || field === 'not';
    if (isGroup || typeof operators !== 'object' || operators === null) {
      return [['filter', JSON.stringify({ [field]: operators as unknown })]];
    }
    return Object.entries(operators as object).map(([operator, operand]): Pair => {
      const isJson = operator === 'at' || (typeof operand === 'object' && !Array.isArray(operand));
      const text = isJson || field === 'facts' || field === 'notes' ? jsonText(operator, operand) : textOf(operand);
      return [`filter[${field}][${operator}]`, text];
    });
  });
}

const jsonText = (operator: string, operand: unknown): string =>
  operator === 'hasKey' || operator === 'isNull' ? textOf(operand) : JSON.stringify(operand ?? null);

function pairsOf({ filter, order, page, total, stray }: SearchParts, isFlat: boolean): readonly Pair[] {
  const others = Object.entries({ order, ...page, total }).filter(([, value]) => value !== undefined);
  const asked = others.filter(([name, value]) => name !== 'order' || textOf(value) !== '');
  return [
    ...filterPairs(filter, isFlat),
    ...asked.map(([name, value]): Pair => [name, textOf(value)]),
    ...(stray === null ? [] : [[stray[0], textOf(stray[1])] as const]),
  ];
}

const encoded = (text: string): string => encodeURIComponent(text.toWellFormed());

/** The ways in which clients write a part of a query string, right and wrong ones. */
const spellings: readonly ((text: string) => string)[] = [
  encoded,
  encoded,
  encoded,
  (text) => new URLSearchParams({ text }).toString().slice('text='.length),
  (text) => encoded(text).replace(/%[0-9A-F]{2}/g, (hex) => hex.toLowerCase()),
  (text) => text.replace(/[&=+%#]/g, encoded),
  (text) => [...Buffer.from(text)].map((byte) => `%${byte.toString(16).padStart(2, '0')}`).join(''),
];

const oddSpellings: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => encoded(encoded(text)),
  (text) => `${encoded(text)}%`,
  (text) => `${encoded(text)}%zz`,
  (text) => `%c0%80${encoded(text)}`,
  (text) => `${encoded(text)}%00`,
  (text) => `${encoded(text)}&${encoded(text)}`,
];

const spelling = fc.oneof(
  { weight: 80, arbitrary: fc.constantFrom(...spellings) },
  { weight: 1, arbitrary: fc.constantFrom(...oddSpellings) },
);

const spelled = fc
  .tuple(arbitrarySearch, fc.boolean(), spelling, spelling, mostly(fc.constant(false), fc.constant(true)))
  .map(([parts, isFlat, ofName, ofValue, twice]): QueryStringCase => {
    const pairs = pairsOf(parts, isFlat);
    const all = twice === true ? [...pairs, ...pairs.slice(0, 1)] : pairs;
    return { entity: parts.entity, text: all.map(([name, value]) => `${ofName(name)}=${ofValue(value)}`).join('&') };
  });

const anyPair = fc
  .tuple(
    fc.oneof(
      fc.tuple(anyName, anyName).map(([field, operator]) => `filter[${field}][${operator}]`),
      fc.constantFrom('filter', 'order', 'first', 'after', 'total', 'filter[name]', 'filter[name][eq][0]', 'filter[]'),
      anyName,
    ),
    anyText,
  )
  .map((pair) => pair.map(encoded).join('='));

const anyQueryString: fc.Arbitrary<QueryStringCase> = fc
  .oneof(
    fc.webQueryParameters(),
    fc.string({ unit: 'binary' }),
    fc.array(anyPair, { maxLength: 4 }).map((pairs) => pairs.join('&')),
  )
  .map((text) => ({ entity: 'thing', text }));

export const queryStringDoors: readonly SearchDoor<QueryStringCase>[] = [
  queryStringDoor('any query string', 8, anyQueryString),
  queryStringDoor('query strings', 25, spelled),
];
