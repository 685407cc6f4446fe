import fc from 'fast-check';
import { batchQuerier, type BatchQuerierArgs } from '@holdfast/querier';
import { askedByBody } from '../asked-by-body.js';
import { askedByData } from '../asked-by-data.js';
import type { SearchDoor } from '../search-door.js';
import { judgeSearch } from '../judge-search.js';
import { MARK } from '../fuzzed-values.js';
import { jsonDoor } from './json-doors.js';
import { queryStringDoor } from './query-string-doors.js';

/** From what is just allowed to what is far beyond. */
const size = fc.constantFrom(1, 7, 8, 9, 60, 255, 256, 1_000, 1_001, 10_000, 10_001, 70_000);

/** Texts of JSON that are as long or as deep as the number says. */
const filters: readonly ((n: number) => string)[] = [
  (n) => `${'{"not":'.repeat(n)}{}${'}'.repeat(n)}`,
  (n) => `${'{"and":['.repeat(n)}{}${']}'.repeat(n)}`,
  (n) => `${'{"owner":{"is":{"things":{"some":'.repeat(n)}{}${'}}}}'.repeat(n)}`,
  (n) => `{"and":${'['.repeat(n)}${']'.repeat(n)}}`,
  (n) => `{"rank":{"in":${'['.repeat(n)}${']'.repeat(n)}}}`,
  (n) => `{"facts":{"contains":${'{"a":'.repeat(n)}1${'}'.repeat(n)}}}`,
  (n) => `{"facts":{"at":{"path":[${Array(n).fill('"a"').join(',')}],"eq":${'['.repeat(n)}${']'.repeat(n)}}}}`,
  (n) => `{"rank":{"in":[${Array(n).fill('1').join(',')}]}}`,
  (n) => `{"name":{"notIn":[${Array(n).fill(`"${MARK}"`).join(',')}]}}`,
  (n) => `{"facts":{"at":{"path":["a"],"in":[${Array(n).fill('{}').join(',')}]}}}`,
  (n) => `{"or":[${Array(n).fill('{"rank":{"eq":1}}').join(',')}]}`,
  (n) => `{"and":[${Array(n).fill('{}').join(',')}]}`,
  (n) => `{${Array.from({ length: n }, (_, i) => `"f${i}":{"eq":1}`).join(',')}}`,
  (n) => `{"name":{"contains":"${MARK.repeat(n)}"}}`,
  (n) => `{"name":{"iin":["${'%'.repeat(n)}"]}}`,
  (n) => `{"${MARK.repeat(n)}":{"eq":1}}`,
  (n) => `{"name":{"${MARK.repeat(n)}":1}}`,
  (n) => `{"price":{"eq":"${'9'.repeat(n)}"}}`,
  (n) => `{"createdAt":{"eq":"2024-02-29T12:00:00.${'1'.repeat(n)}Z"}}`,
];

const members: readonly ((n: number) => string)[] = [
  (n) => `{"order":[${Array(n).fill('"name"').join(',')}]}`,
  (n) => `{"order":["${MARK.repeat(n)}"]}`,
  (n) => `{"first":1,"after":"${'A'.repeat(n)}"}`,
  (n) => `{"first":${'9'.repeat(n)}}`,
  (n) => `{"${MARK.repeat(n)}":1}`,
  (n) => `{"total":${'['.repeat(n)}${']'.repeat(n)}}`,
];

const filterText = fc.tuple(fc.constantFrom(...filters), size).map(([make, n]) => make(n));

const body = fc.oneof(
  { weight: 3, arbitrary: filterText.map((filter) => `{"filter":${filter}}`) },
  { weight: 1, arbitrary: fc.tuple(fc.constantFrom(...members), size).map(([make, n]) => make(n)) },
);

const parameters: readonly ((n: number) => string)[] = [
  (n) => `filter[rank][in]=${Array(n).fill('1').join(',')}`,
  (n) => `filter[name][contains]=${encodeURIComponent(MARK.repeat(n))}`,
  (n) => `filter${'[name]'.repeat(n)}=1`,
  (n) => `filter[${'a'.repeat(n)}][eq]=1`,
  (n) => Array.from({ length: n }, (_, i) => `filter[name][eq${i}]=1`).join('&'),
  (n) => Array(n).fill('filter[rank][eq]=1').join('&'),
  (n) => `order=${Array(n).fill('name').join(',')}`,
  (n) => `order=${'-'.repeat(n)}name`,
  (n) => `first=${'9'.repeat(n)}`,
  (n) => `total=${'9'.repeat(n)}`,
  (n) => `first=1&after=${'A'.repeat(n)}`,
  (n) => '&'.repeat(n),
];

const queryString = fc.oneof(
  filterText.map((filter) => `filter=${encodeURIComponent(filter)}`),
  fc.tuple(fc.constantFrom(...parameters), size).map(([make, n]) => make(n)),
);

/** A name of `pieces`, and how many. */
interface Pile {
  readonly kind: string;
  readonly count: number;
}

const piles: Readonly<Record<string, (n: number) => object>> = {
  'deep groups': (n) => ({ conditions: [JSON.parse(filters[0]!(n))] as unknown }),
  'deep relations': (n) => ({ conditions: [JSON.parse(filters[2]!(n))] as unknown }),
  'deep documents': (n) => ({ conditions: [JSON.parse(filters[5]!(n))] as unknown }),
  'many conditions': (n) => ({ conditions: Array(n).fill({ rank: { gte: -1 } }) }),
  'empty conditions': (n) => ({ conditions: Array(n).fill({}) }),
  'conditions without values': (n) => ({ conditions: Array(n).fill({ ownerId: { isNull: false } }) }),
  'a long list': (n) => ({ conditions: [{ rank: { in: Array(n).fill(1) } }] }),
  'a sparse list': (n) => ({ conditions: [{ rank: { in: Array(n) } }] }),
  'many orders': (n) => ({ orders: Array.from({ length: n }, () => ({ by: 'name' })) }),
  'an order over many relations': (n) => ({ orders: [{ by: `owner.${'boss.'.repeat(n)}name` }] }),
  'a deep order': (n) => ({ orders: [JSON.parse(filters[0]!(n))] as unknown }),
};

const dataPiles: SearchDoor<Pile> = {
  name: 'long and deep data',
  share: 0.3,
  arbitrary: fc.record({ kind: fc.constantFrom(...Object.keys(piles)), count: size }),
  judge(fuzzed, { kind, count }) {
    const args = { pagination: { first: 20 }, ...piles[kind]!(count) };
    return judgeSearch(fuzzed, {
      entity: 'thing',
      tenant: 'mine',
      request: args,
      position: null,
      read: () => batchQuerier(args as unknown as BatchQuerierArgs<object>),
      asked: () => askedByData(args),
    });
  },
};

export const oversizedDoors = [
  jsonDoor(
    'long and deep bodies',
    0.4,
    body.map((text) => ({ entity: 'thing', text })),
    (fields, json) => fields.parseSearchBody(json),
    askedByBody,
  ),
  queryStringDoor(
    'long and deep query strings',
    0.3,
    queryString.map((text) => ({ entity: 'thing', text })),
  ),
  dataPiles,
] as const;
