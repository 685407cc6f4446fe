import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@holdfast/errors';
import fc from 'fast-check';
import { type BatchQuerier, compileSearch, CursorCodec, searchScope } from '../src/index.js';
import { thing, type Thing } from './fixture/thing.js';
import { thingFields } from './fixture/thing-fields.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });
const scope = searchScope<Thing>({ name: 'tenant', equals: { tenant: 'mine' } });
const CANARY = 'Canary';

/** The SQL of a request, or null where it was refused. Any error but a refusal is thrown on. */
function sqlOf(read: () => BatchQuerier<Thing>): string | null {
  try {
    return compileSearch(thing, scope, read(), { restriction: null, cursors }).sql;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    expect(error.httpStatus).toBe(400);
    expect(typeof error.pointer).toBe('string');
    return null;
  }
}

/** Whatever was asked for: the scope is there, and no text of the request is. */
function expectHarmless(sql: string | null): void {
  if (sql === null) return;
  expect(sql).toMatch(/ WHERE \("tenant" = \$1::text\)/);
  expect(sql).not.toMatch(/canary|--|;|'/i);
}

const names = [
  ...Object.keys(thingFields.definitions),
  'tenant',
  'and',
  'or',
  'not',
  '__proto__',
  'constructor',
  'prototype',
  'toString',
  CANARY,
  `${CANARY}"; --`,
];
const operators = [
  'eq',
  'ne',
  'in',
  'gte',
  'lte',
  'contains',
  'startsWith',
  'isNull',
  'has',
  'hasAny',
  '__proto__',
  'valueOf',
];
const word = fc.oneof(
  {
    weight: 3,
    arbitrary: fc.constantFrom('1', 'true', 'sad', '', '-5', 'name', '-rank', 'x,y', '2024-01-01', 'exact', '{}'),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      CANARY,
      `${CANARY}'; DROP TABLE things; --`,
      '__proto__',
      'constructor',
      '%',
      '\0',
      '\ud800',
    ),
  },
  { weight: 1, arbitrary: fc.string({ unit: 'binary' }) },
);
const value = fc.oneof(
  word,
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constant(null),
  fc.array(word, { maxLength: 3 }),
  fc.json().map((text): unknown => JSON.parse(text)),
);
const name = fc.constantFrom(...names);
const operands = fc.oneof(
  { weight: 5, arbitrary: fc.dictionary(fc.constantFrom(...operators), value, { maxKeys: 2 }) },
  { weight: 1, arbitrary: value },
);

const allowed = fc.constantFrom<object>(
  {},
  { rank: { eq: 1, in: [] } },
  { name: { contains: CANARY, in: [CANARY, `${CANARY}'`] } },
  { title: { startsWith: `${CANARY}"; --` }, name: { eq: CANARY } },
  { tags: { hasAny: [`{${CANARY}}`], isEmpty: false } },
  { mood: { ne: 'sad' } },
);

/** Conditions that are allowed, or nearly so. */
const { condition } = fc.letrec<{ condition: unknown }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'medium' },
    { weight: 8, arbitrary: allowed },
    { weight: 1, arbitrary: fc.dictionary(name, operands, { maxKeys: 3 }) },
    { weight: 3, arbitrary: fc.record({ and: fc.array(tie('condition'), { maxLength: 3 }) }) },
    {
      weight: 3,
      arbitrary: fc.record({ or: fc.array(tie('condition'), { maxLength: 3 }), mood: fc.constant({ eq: 'glad' }) }),
    },
    { weight: 3, arbitrary: fc.record({ not: tie('condition') }) },
    { weight: 1, arbitrary: value },
  ),
}));
const parameter = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.tuple(
      fc.tuple(name, fc.constantFrom(...operators)).map(([field, operator]) => `filter[${field}][${operator}]`),
      word,
    ),
  },
  {
    weight: 2,
    arbitrary: fc.tuple(fc.constantFrom('first', 'after', 'last', 'before', 'limit', 'offset', 'order', 'total'), word),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(
      fc.constant('filter'),
      condition.map((json) => JSON.stringify(json)),
    ),
  },
);
const runs = { numRuns: 2_000 };

describe('a request, whatever is in it, is searched for harmlessly or refused', () => {
  it('as a query string near to what is allowed', () => {
    let searched = 0;
    fc.assert(
      fc.property(fc.array(parameter, { maxLength: 3 }), (parameters) => {
        const sql = sqlOf(() => thingFields.parseSearch(new URLSearchParams(parameters)));
        if (sql !== null) searched++;
        expectHarmless(sql);
      }),
      runs,
    );
    expect(searched).toBeGreaterThan(100);
  });

  it('as any query string', () => {
    fc.assert(
      fc.property(fc.oneof(fc.webQueryParameters(), fc.string({ unit: 'binary' })), (text) => {
        expectHarmless(sqlOf(() => thingFields.parseSearch(new URLSearchParams(text))));
      }),
      runs,
    );
  });

  it('as a body near to what is allowed', () => {
    let searched = 0;
    const rarely = (odd: fc.Arbitrary<unknown>, right: unknown): fc.Arbitrary<unknown> =>
      fc.oneof({ weight: 9, arbitrary: fc.constant(right) }, { weight: 1, arbitrary: odd });
    const body = fc.record(
      {
        filter: condition,
        order: rarely(fc.array(word), ['-rank']),
        first: rarely(value, 5),
        after: rarely(value, null),
        total: rarely(value, 'exact'),
      },
      { requiredKeys: ['filter'] },
    );
    fc.assert(
      fc.property(body, (json) => {
        const sql = sqlOf(() => thingFields.parseSearchBody(json));
        if (sql !== null) searched++;
        expectHarmless(sql);
      }),
      runs,
    );
    expect(searched).toBeGreaterThan(100);
  });

  it('as any body', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.json(),
          fc.jsonValue().map((json) => JSON.stringify({ filter: json })),
        ),
        (text) => {
          expectHarmless(sqlOf(() => thingFields.parseSearchBody(JSON.parse(text))));
        },
      ),
      runs,
    );
  });

  it.each([
    ['groups', (depth: number) => '{"not":'.repeat(depth) + '{}' + '}'.repeat(depth)],
    ['lists', (depth: number) => '{"and":' + '['.repeat(depth) + ']'.repeat(depth) + '}'],
    ['operands', (depth: number) => '{"pinned":{"eq":' + '['.repeat(depth) + ']'.repeat(depth) + '}}'],
    ['elements', (depth: number) => '{"rank":{"in":' + '['.repeat(depth) + ']'.repeat(depth) + '}}'],
  ])('as %s that nest ten thousand deep', (_name, nested) => {
    const text = nested(10_000);
    expect(sqlOf(() => thingFields.parseSearchBody({ filter: JSON.parse(text) as unknown }))).toBeNull();
    expect(sqlOf(() => thingFields.parseSearch(new URLSearchParams({ filter: text })))).toBeNull();
  });

  it('as a text of a hundred thousand fields', () => {
    const fields = Object.fromEntries(Array.from({ length: 100_000 }, (_, i) => [`f${i}`, { eq: 1 }]));
    expect(sqlOf(() => thingFields.parseSearchBody({ filter: fields }))).toBeNull();
    expect(sqlOf(() => thingFields.parseSearchBody({ filter: { or: Array(100_000).fill({}) } }))).toBeNull();
  });

  it('leaves the built-in objects alone', () => {
    expect([Object.prototype, Array.prototype, Function.prototype].some(Object.isFrozen)).toBe(false);
    expect(({} as Record<string, unknown>)['eq']).toBeUndefined();
  });
});
