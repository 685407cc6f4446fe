import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { batchQuerier, compileSearch, order, orderExpression, type QueryOrder, unscoped } from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { thing, type Thing } from './fixture/thing.js';

const everyone = unscoped('a test');

function ordered(orders: readonly QueryOrder<Thing>[]): string {
  const querier = batchQuerier<Thing>({ orders, pagination: { noPagination: true } });
  return compileSearch(thing, everyone, querier, { restriction: null, cursors: null }).sql.split(' ORDER BY ')[1]!;
}

const refused = (orders: unknown): ReturnType<typeof refusal> => refusal(() => ordered(orders as QueryOrder<Thing>[]));

describe('an order', () => {
  it('ends with the primary key, in the direction of what comes before', () => {
    expect(ordered([])).toBe('"id"');
    expect(ordered([{ by: 'rank' }])).toBe('"rank", "id"');
    expect(ordered([{ by: 'rank' }, { by: 'small', dir: 'desc' }])).toBe('"rank", "small" DESC, "id" DESC');
    expect(ordered([{ by: 'id', dir: 'desc' }, { by: 'rank' }])).toBe('"id" DESC, "rank"');
  });

  it('says where NULLs stand only where it is not where PostgreSQL has them', () => {
    expect(ordered([{ by: 'price', nulls: 'last' }])).toBe('"price", "id"');
    expect(ordered([{ by: 'price', nulls: 'first' }])).toBe('"price" NULLS FIRST, "id"');
    expect(ordered([{ by: 'price', dir: 'desc', nulls: 'first' }])).toBe('"price" DESC, "id" DESC');
    expect(ordered([{ by: 'price', dir: 'desc', nulls: 'last' }])).toBe('"price" DESC NULLS LAST, "id" DESC');
    expect(ordered([{ by: 'rank', nulls: 'first' }])).toBe('"rank", "id"');
  });

  it('is built by order()', () => {
    expect(order<Thing>('rank')).toEqual({ by: 'rank', dir: 'asc' });
    expect(order<Thing>('price', { ascending: false, nulls: 'last' })).toEqual({
      by: 'price',
      dir: 'desc',
      nulls: 'last',
    });
    expect(Object.isFrozen(order<Thing>('rank'))).toBe(true);
  });

  it.each(['facts', 'notes', 'tags', 'scores', 'colour', '__proto__', 'constructor', 'id; --', '', undefined, null, 1])(
    'by %s is refused',
    (by) => expect(refused([{ by: 'rank' }, { by }])).toEqual(['INVALID_ORDER', '/orders/1']),
  );

  it('by what has no text is refused', () => {
    for (const by of [[{ toString: null }], {}, Symbol('rank'), Object.create(null) as unknown]) {
      expect(refused([{ by }])).toEqual(['INVALID_ORDER', '/orders/0']);
    }
  });

  it.each([
    { dir: 'DESC' },
    { dir: 'desc; --' },
    { dir: null },
    { dir: 1 },
    { nulls: 'FIRST' },
    { nulls: null },
    { nulls: true },
  ])('with %j is refused', (rest) =>
    expect(refused([{ by: 'rank', ...rest }])).toEqual(['INVALID_ORDER', '/orders/0']),
  );

  it('by one column twice is refused', () => {
    expect(refused([{ by: 'rank' }, { by: 'name' }, { by: 'rank', dir: 'desc' }])).toEqual([
      'INVALID_ORDER',
      '/orders/2',
    ]);
  });

  it.each(['rank', null, undefined, ['rank'], new Map(), Object.create({ by: 'rank' })])(
    'that is no plain object is refused: %p',
    (one) => expect(refused([one])).toEqual(['INVALID_VALUE', '/orders/0']),
  );

  it.each(['rank', null, { 0: { by: 'rank' }, length: 1 }])('of no list is refused: %p', (orders) => {
    const querier = {
      conditions: [],
      orders: orders as never,
      pagination: { noPagination: true },
      total: 'none',
      measureBoth: false,
      bindConditions: true,
      confidential: false,
    } as const;
    const search = (): unknown => compileSearch<Thing>(thing, everyone, querier, { restriction: null, cursors: null });
    expect(refusal(search)).toEqual(['INVALID_VALUE', '/orders']);
  });
});

describe('an expression', () => {
  const made = (sql: string): unknown => orderExpression<Thing>({ sql, type: 'text' });

  it.each(['{name} -- x', '{name} /* x */', '', '  ', `'a' || "b" -- '`])('is refused as %p', (sql) =>
    expect(() => made(sql)).toThrow(Misuse),
  );

  it.each([`{name} || '--'`, `{name} || '/*'`, `"a--b" || {name}`, `'it''s --' || {name}`])('may be %p', (sql) =>
    expect(() => made(sql)).not.toThrow(),
  );

  it('takes braces in quotes as they are', () => {
    const by = orderExpression<Thing>({ sql: `coalesce({name}, '{rank}') || "{rank}"`, type: 'text' });
    const querier = batchQuerier<Thing>({ orders: [{ by }], pagination: { noPagination: true } });
    const { sql } = compileSearch<Thing>(thing, everyone, querier, { restriction: null, cursors: null });
    expect(sql).toContain(`((coalesce("name", '{rank}') || "{rank}")::text) AS "#k0"`);
  });

  it.each(['json', 'jsonb', 'hstore'])('of type %s is none to order by', (type) =>
    expect(() => orderExpression<Thing>({ sql: '{name}', type })).toThrow(Misuse),
  );
});
