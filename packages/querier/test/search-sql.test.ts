import { describe, expect, it } from '@jest/globals';
import {
  assemblePage,
  type BatchQuerier,
  batchQuerier,
  type BatchQuerierArgs,
  compileSearch,
  type Cursor,
  CursorCodec,
  type PageStatement,
  type Scope,
  searchScope,
  unscoped,
} from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { ID, thing, type Thing } from './fixture/thing.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });
const everyone = unscoped('a test');
const mine = searchScope<Thing>({ name: 'tenant', equals: { tenant: 'a' } });
const restriction = '"deleted_at" IS NULL';

function search(args: Partial<BatchQuerierArgs<Thing>>, scope: Scope<Thing> = mine): PageStatement {
  const querier = batchQuerier<Thing>({ pagination: { first: 2 }, ...args });
  return compileSearch(thing, scope, querier, { restriction, cursors });
}

const whereOf = (statement: PageStatement): string => / WHERE (.*?) ORDER BY /.exec(statement.sql)![1]!;

describe('a search', () => {
  it('ANDs scope, restriction and conditions', () => {
    const statement = search({
      conditions: [{ rank: { eq: 1 } }, { or: [{ name: { eq: 'x' } }, { mood: { eq: 'sad' } }] }],
    });
    expect(whereOf(statement)).toBe(
      '("tenant" = $1::text) AND "deleted_at" IS NULL AND "rank" = $2::int4 AND (("name" = $3::text) OR ("mood" = $4::"public"."mood"))',
    );
    expect(statement.values).toEqual(['a', '1', 'x', 'sad']);
  });

  it('leaves out what says nothing, but never a scope', () => {
    expect(whereOf(search({ conditions: [{}, { and: [{}] }] }))).toBe('("tenant" = $1::text) AND "deleted_at" IS NULL');
    expect(whereOf(search({}, everyone))).toBe('"deleted_at" IS NULL');
    const querier = batchQuerier<Thing>({ pagination: { first: 2 } });
    expect(whereOf(compileSearch(thing, everyone, querier, { restriction: null, cursors }))).toBe('TRUE');
  });

  it('repeats scope, restriction and conditions in the count and in every range of a seek', () => {
    const orders = [{ by: 'price' }] as const;
    const { binding } = search({ orders });
    const after = cursors.encode(binding!, ['1.5', ID]);
    const statement = search({ orders, total: 'exact', pagination: { first: 2, after } });
    const filters = statement.sql.split('("tenant" = $1::text) AND "deleted_at" IS NULL').length - 1;
    expect(statement.sql.split('FROM "things"')).toHaveLength(filters + 1);
    expect(filters).toBe(4);
  });

  it('seeks beyond a NULL in a column that should have none', () => {
    const orders = [{ by: 'rank' }] as const;
    const after = cursors.encode(search({ orders }).binding!, [null, ID]);
    expect(search({ orders, pagination: { first: 2, after } }).sql).toContain('"rank" IS NULL AND "id" > $2::uuid');
  });

  it.each([
    ['conditions', undefined],
    ['conditions', null],
    ['conditions', 'rank'],
    ['conditions', { rank: { eq: 1 } }],
    ['orders', undefined],
    ['orders', 'rank'],
  ])('refuses a querier from somewhere without types whose %s are %p', (name, value) => {
    const querier = { ...batchQuerier<Thing>({ pagination: { first: 2 } }), [name]: value } as BatchQuerier<Thing>;
    expect(refusal(() => compileSearch(thing, mine, querier, { restriction, cursors }))).toEqual([
      'INVALID_VALUE',
      `/${name}`,
    ]);
  });

  it('refuses null where lists were meant, and never takes it for no condition', () => {
    expect(refusal(() => search({ conditions: null as never }))).toEqual(['INVALID_VALUE', '/conditions']);
    expect(refusal(() => search({ orders: null as never }))).toEqual(['INVALID_VALUE', '/orders']);
  });

  it('refuses a list of conditions with holes, naming the condition', () => {
    const holes = Object.assign([], { 1: {} }) as never;
    expect(refusal(() => search({ conditions: holes }))).toEqual(['INVALID_VALUE', '/conditions/0']);
    const odd = [{}, { rank: { eq: 2 ** 31 } }];
    expect(refusal(() => search({ conditions: odd }))).toEqual(['INVALID_VALUE', '/conditions/1/rank/eq']);
  });
});

describe('the cursors of a search', () => {
  const cursor = (args: Partial<BatchQuerierArgs<Thing>>, scope: Scope<Thing> = mine): Cursor => {
    const statement = search(args, scope);
    return cursors.encode(
      statement.binding!,
      statement.keys.map(() => null),
    );
  };
  const accepts = (after: Cursor, args: Partial<BatchQuerierArgs<Thing>>, scope: Scope<Thing> = mine): boolean =>
    refusal(() => search({ ...args, pagination: { first: 2, after } }, scope)) === null;

  it('are bound to scope, conditions with their values, and order with its NULLs', () => {
    const made: readonly (readonly [Partial<BatchQuerierArgs<Thing>>, Scope<Thing>])[] = [
      [{}, mine],
      [{}, everyone],
      [{}, searchScope<Thing>({ name: 'tenant', equals: { tenant: 'b' } })],
      [{ conditions: [{ tenant: { eq: 'a' } }] }, mine],
      [{ conditions: [{ name: { eq: 'a' } }] }, mine],
      [{ conditions: [{ name: { eq: 'b' } }] }, mine],
      [{ conditions: [{ name: { in: ['a'] } }] }, mine],
      [{ conditions: [{ name: { in: ['a', 'b'] } }] }, mine],
      [{ conditions: [{ name: { in: ['a,b'] } }] }, mine],
      [{ conditions: [{ name: { eq: 'a' } }, { mood: { eq: 'sad' } }] }, mine],
      [{ orders: [{ by: 'rank' }] }, mine],
      [{ orders: [{ by: 'rank', dir: 'desc' }] }, mine],
      [{ orders: [{ by: 'small' }] }, mine],
      [{ orders: [{ by: 'price' }] }, mine],
      [{ orders: [{ by: 'price', nulls: 'first' }] }, mine],
    ];
    made.forEach(([args, scope], i) => {
      const after = cursor(args, scope);
      made.forEach(([other, otherScope], j) =>
        expect([i, j, accepts(after, other, otherScope)]).toEqual([i, j, i === j]),
      );
    });
  });

  it('are good for any size of page, and whether it is counted', () => {
    const after = cursor({});
    expect(accepts(after, { total: 'exact' })).toBe(true);
    expect(refusal(() => search({ pagination: { first: 500, after } }))).toBeNull();
    expect(refusal(() => search({ pagination: { last: 5, before: after } }))).toBeNull();
  });
});

describe('a mixed order', () => {
  const orders = (fewTies: boolean): BatchQuerier<Thing>['orders'] => [
    { by: 'createdAt', fewTies },
    { by: 'rank', dir: 'desc' },
  ];
  const next = (fewTies: boolean): string => {
    const position = [['2026-01-01 00:00:00+00', '1', ID]];
    const { endCursor } = assemblePage(search({ orders: orders(fewTies) }), {
      items: ['1'],
      positions: position,
      leads: [],
    });
    return search({ orders: orders(fewTies), pagination: { first: 2, after: endCursor } }).sql;
  };

  it('is a range for each prefix', () => {
    expect(next(false).match(/UNION ALL/g)).toHaveLength(2);
  });

  it('is one range where few rows share the first key, and the rest filters', () => {
    expect(next(true)).not.toContain('UNION');
    expect(next(true)).toContain('"created_at" >= $2::timestamptz AND (');
  });
});

describe('a cursor of a table', () => {
  it('is not one of another table, whose entity has the same name', () => {
    const context = { restriction: null, cursors };
    const of = (table: string, after: Cursor | null = null): PageStatement =>
      compileSearch<Thing>({ ...thing, table }, mine, batchQuerier({ pagination: { first: 1, after } }), context);
    const page = assemblePage(of('"things"'), { items: ['1'], positions: [['1']], leads: [] });
    expect(refusal(() => of('"things"', page.endCursor))).toBeNull();
    expect(refusal(() => of('"other"."things"', page.endCursor))).toEqual(['INVALID_CURSOR', '/after']);
  });
});

describe('a page', () => {
  const rows = (...ids: string[]): Parameters<typeof assemblePage<string>>[1] => ({
    items: [...ids],
    positions: ids.map((id) => [id]),
    leads: [],
  });

  it('drops the extra row, and turns round what was read backward', () => {
    const forward = assemblePage(search({ pagination: { first: 2 } }), rows('1', '2', '3'));
    expect(forward).toMatchObject({ items: ['1', '2'], hasNextPage: true, hasPreviousPage: false });
    const backward = assemblePage(search({ pagination: { last: 2 } }), rows('9', '8', '7'));
    expect(backward).toMatchObject({ items: ['8', '9'], hasNextPage: false, hasPreviousPage: true });
    expect(backward.cursors).toEqual([backward.startCursor, backward.endCursor]);
  });

  it('has a cursor for each of its rows or is refused, whatever JSON makes of their keys', () => {
    for (const key of ['"', '\u0001', 'ä', '日', 'x']) {
      for (const pagination of [{ first: 1 }, { last: 1 }, { limit: 1, offset: 0 }]) {
        for (let length = 100; length < 12_000; length = Math.ceil(length * 1.2)) {
          const positions = [[key.repeat(length)]];
          const page = (): unknown =>
            assemblePage(search({ pagination }), { items: ['1'], positions, leads: [] }).cursors.length;
          if (refusal(page) === null) expect(page()).toBe('limit' in pagination && page() === 0 ? 0 : 1);
          else expect([refusal(page), 'limit' in pagination]).toEqual([['INVALID_ORDER', '/orders'], false]);
        }
      }
    }
  });

  it('of no rows has no cursors', () => {
    const page = assemblePage(search({}), rows());
    expect(page).toMatchObject({ items: [], startCursor: null, endCursor: null, cursors: [], hasNextPage: false });
  });

  it('says whether its total is exact', () => {
    const counted = (total: 'exact' | { atMost: number }, count: number): unknown =>
      assemblePage(search({ total }), { ...rows(), leads: [count] }).total;
    expect(counted('exact', 7)).toEqual({ value: 7, exact: true });
    expect(counted({ atMost: 7 }, 7)).toEqual({ value: 7, exact: true });
    expect(counted({ atMost: 7 }, 8)).toEqual({ value: 7, exact: false });
  });

  it('is frozen, cursors too', () => {
    const page = assemblePage(search({}), rows('1'));
    expect([page, page.items, page.cursors].every(Object.isFrozen)).toBe(true);
  });
});
