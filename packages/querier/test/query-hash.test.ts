import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import fc from 'fast-check';
import {
  batchQuerier,
  not,
  order,
  orderExpression,
  type QueryCondition,
  queryHash,
  sameQuery,
  where,
} from '../src/index.js';
import type { Thing } from './fixture/thing.js';

const leaf = fc.oneof(
  fc.record({ rank: fc.record({ eq: fc.integer() }) }),
  fc.record({ name: fc.record({ in: fc.array(fc.string()) }) }),
  fc.record({ createdAt: fc.record({ gte: fc.date({ noInvalidDate: true }) }) }),
  fc.record({ views: fc.record({ eq: fc.bigInt().map(String) }) }),
);
const { condition } = fc.letrec<{ condition: QueryCondition<Thing> }>((tie) => ({
  condition: fc.oneof(
    { depthSize: 'small' },
    leaf as fc.Arbitrary<QueryCondition<Thing>>,
    fc.record({ and: fc.array(tie('condition'), { maxLength: 3 }) }),
    fc.record({ or: fc.array(tie('condition'), { maxLength: 3 }), rank: fc.record({ gt: fc.integer() }) }),
    fc.record({ not: tie('condition') }),
  ) as fc.Arbitrary<QueryCondition<Thing>>,
}));

/** The same data with its names in the opposite order, and nothing shared. */
function turned<Data>(data: Data): Data {
  if (Array.isArray(data)) return data.map(turned) as Data;
  if (typeof data !== 'object' || data === null || data instanceof Date) return data;
  return Object.fromEntries(
    Object.entries(data)
      .reverse()
      .map(([name, member]) => [name, turned(member)]),
  ) as Data;
}

describe('equality of queries', () => {
  it('is that of their data, whatever the order of names, and hashes follow it', () => {
    fc.assert(
      fc.property(condition, condition, (one, other) => {
        expect(sameQuery(one, turned(one))).toBe(true);
        expect(queryHash(one)).toBe(queryHash(turned(one)));
        expect(queryHash(one)).toMatch(/^[\w-]{43}$/);
        // Jest knows of -0 and 0 what SQL does not: the second way to know the answer.
        let same = true;
        try {
          expect(turned(one)).toStrictEqual(turned(other));
        } catch {
          same = false;
        }
        expect(sameQuery(one, other)).toBe(same);
        expect(queryHash(one) === queryHash(other)).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  it.each<[string, unknown, unknown]>([
    ['a time and its text', new Date(0), '1970-01-01T00:00:00.000Z'],
    ['a number and its text', 1, '1'],
    ['a bigint and a number', 1n, 1],
    ['null and a text', null, 'null'],
    ['bytes and a text', new Uint8Array([255]), 'ff'],
    ['a list and what is in it', ['a'], 'a'],
    ['two texts and one with a comma', ['a', 'b'], ['a,b']],
    ['an empty list and an empty object', [], {}],
    ['-0 and 0', -0, 0],
  ])('tells %s apart', (_name, one, other) => {
    const eq = (operand: unknown): QueryCondition<Thing> => ({ name: { eq: operand } }) as never;
    expect(sameQuery(eq(one), eq(other))).toBe(false);
    expect(sameQuery(eq(one), eq(one))).toBe(true);
  });

  it('holds for orders and whole searches, expressions included', () => {
    const lower = (sql: string) => order<Thing>(orderExpression<Thing>({ sql, type: 'text' }));
    const search = (sql: string) =>
      batchQuerier<Thing>({
        conditions: [not(where<Thing>({ rank: { eq: 1 } }))],
        orders: [lower(sql)],
        pagination: { first: 1 },
      });
    expect(sameQuery(search('lower({name})'), search('lower({name})'))).toBe(true);
    expect(queryHash(search('lower({name})'))).toBe(queryHash(search('lower({name})')));
    expect(sameQuery(search('lower({name})'), search('upper({name})'))).toBe(false);
    expect(sameQuery(order<Thing>('rank'), order<Thing>('rank', { ascending: false }))).toBe(false);
  });

  it.each([[() => 1], [Symbol('x')], [new Map()], [new (class Thing {})()], [Promise.resolve()]])(
    'is not said of what is no plain data: %p',
    (odd) => expect(() => queryHash({ name: { eq: odd } } as never)).toThrow(Misuse),
  );
});
