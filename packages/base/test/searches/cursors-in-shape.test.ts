import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type BatchQuerier,
  batchQuerier,
  type BatchQuerierArgs,
  compileSearch,
  type Cursor,
  CursorCodec,
  type CursorForwardPagination,
  type Scope,
  searchParts,
  searchScope,
  unscoped,
} from '@holdfast/querier';
import { EntityCatalog } from '../../src/entity/entity-catalog.js';
import type { EntityMapping } from '../../src/entity/entity-mapping.js';
import { searchInShape } from '../../src/specs/search-in-shape.js';
import { ArticleRow } from '../fixture/article-row.js';
import { tenant } from '../fixture/articles.js';
import { type TestDatabase, testDatabase } from '../fixture/test-database.js';
import { compilationsOf } from './compilations-of.js';
import { refusalOf } from './refusal-of.js';

type Args = Partial<BatchQuerierArgs<ArticleRow>>;
type Position = readonly (string | null)[];
type Search = readonly [Scope<ArticleRow>, BatchQuerier<ArticleRow>];

const keys = ['a secret that only these tests know of'] as const;
const cursors = new CursorCodec({ keys });
const sealing = new CursorCodec({ keys, encrypt: 'all' });
const context = { restriction: null, cursors };

describe('the shape of a search that goes on from a cursor', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
  });
  afterAll(() => test.close());

  const mapped = (): EntityMapping => new EntityCatalog(test.dataSource, cursors).mappingOf(ArticleRow);
  const compilations = (searches: readonly Search[]): number => compilationsOf(mapped(), cursors, searches);
  const asked = (args: Args, pagination: BatchQuerierArgs<ArticleRow>['pagination']): BatchQuerier<ArticleRow> =>
    batchQuerier<ArticleRow>({ ...args, pagination });
  const cursorOf = (scope: Scope<ArticleRow>, args: Args, position: Position, codec = cursors): Cursor =>
    codec.encode(compileSearch(mapped(), scope, asked(args, { first: 5 }), context).binding, position);

  const after = (scope: Scope<ArticleRow>, args: Args, position: Position, codec = cursors): Search => [
    scope,
    asked(args, { first: 5, after: cursorOf(scope, args, position, codec) }),
  ];
  const before = (scope: Scope<ArticleRow>, args: Args, position: Position, codec = cursors): Search => [
    scope,
    asked(args, { last: 5, before: cursorOf(scope, args, position, codec) }),
  ];

  it.each([
    ['forward', after],
    ['backward', before],
  ])('is written once for cursors that differ in their values alone: %s', (_, page) => {
    const of = (name: string, rank: number, position: Position, codec = cursors): Search =>
      page(
        searchScope<ArticleRow>({ name, equals: { tenant: name } }),
        {
          conditions: [{ rank: { gte: rank } }, { title: { in: [name, name] } }],
          orders: [{ by: 'mood', dir: 'desc', nulls: 'last' }, { by: 'createdAt' }],
          total: { atMost: rank },
          measureBoth: true,
        },
        position,
        codec,
      );

    expect(
      compilations([
        of('a', 1, ['sad', '2026-01-01 00:00:00+00', '1']),
        of('b', 2, ['glad', '2026-01-02 00:00:00+00', '2']),
        of('b', 2, ['glad', '2026-01-02 00:00:00+00', '2'], sealing),
        of('c', 3, ['', '', '']),
      ]),
    ).toBe(1);
  });

  it('is another one wherever a text is another, each time around', () => {
    const a = tenant('a');
    const of = (orders: Args['orders'], position: Position, args: Args = {}): readonly Search[] => [
      after(a, { ...args, orders: orders! }, position),
      before(a, { ...args, orders: orders! }, position),
    ];
    const searches: readonly Search[] = [
      [a, asked({}, { first: 5 })],
      [a, asked({}, { last: 5 })],
      [a, asked({}, { first: 6, after: cursorOf(a, {}, ['1']) })],
      after(unscoped('of a test'), {}, ['1']),
      ...of([], ['1']),
      ...of([], ['1'], { total: 'exact' }),
      ...of([], ['1'], { total: { atMost: 5 } }),
      ...of([], ['1'], { measureBoth: true }),
      ...of([], ['1'], { bindConditions: false }),
      ...of([], ['1'], { conditions: [{ rank: { eq: 1 } }] }),
      ...of([{ by: 'id', dir: 'desc' }], ['1']),
      ...of([{ by: 'rank' }], ['1', '2']),
      ...of([{ by: 'rank', dir: 'desc' }], ['1', '2']),
      ...of([{ by: 'rank' }, { by: 'id', dir: 'desc' }], ['1', '2']),
      ...of(
        [
          { by: 'rank', fewTies: true },
          { by: 'id', dir: 'desc' },
        ],
        ['1', '2'],
      ),
      ...[
        ['sad', '2'],
        [null, '2'],
      ].flatMap((position) => [
        ...of([{ by: 'mood' }], position),
        ...of([{ by: 'mood', nulls: 'first' }], position),
        ...of([{ by: 'mood', dir: 'desc' }], position),
        ...of([{ by: 'mood', dir: 'desc', nulls: 'last' }], position),
      ]),
      ...[
        ['sad', '1', '2'],
        [null, '1', '2'],
        ['sad', null, '2'],
        [null, null, '2'],
      ].flatMap((position) => of([{ by: 'mood' }, { by: 'price' }], position)),
    ];

    expect(compilations([...searches, ...searches])).toBe(searches.length);
  });

  it('is no way around what a cursor is bound to', () => {
    const mapping = mapped();
    const found = ([scope, querier]: Search): string =>
      searchInShape(mapping, scope, querier, context, () => compileSearch(mapping, scope, querier, context)).statement
        .sql;
    const refused = (attempt: () => unknown): object | null => {
      try {
        attempt();
        return null;
      } catch (error) {
        return refusalOf(error);
      }
    };
    const right: Args = { conditions: [{ rank: { gte: 1 } }], orders: [{ by: 'mood', dir: 'desc' }] };
    const a = tenant('a');
    const position = ['sad', '1'];
    const cursor = cursorOf(a, right, position);
    const known = [after(a, right, position), before(a, right, position), after(a, right, [null, '1'])];
    for (const search of [...known, ...known]) found(search);

    const foreign = new CursorCodec({ keys: ['a secret that only somebody else knows of'] });
    const wrong: readonly unknown[] = [
      cursorOf(tenant('b'), right, position),
      cursorOf(unscoped('of a test'), right, position),
      cursorOf(searchScope<ArticleRow>({ name: 'title', equals: { title: 'a' } }), right, position),
      cursorOf(a, { ...right, conditions: [{ rank: { gte: 2 } }] }, position),
      cursorOf(a, { ...right, conditions: [{ rank: { gt: 1 } }] }, position),
      cursorOf(a, { ...right, conditions: [] }, position),
      cursorOf(a, { ...right, bindConditions: false }, position),
      cursorOf(a, { ...right, orders: [{ by: 'mood' }] }, position),
      cursorOf(a, { ...right, orders: [{ by: 'mood', dir: 'desc', nulls: 'last' }] }, position),
      cursorOf(a, { ...right, orders: [{ by: 'price', dir: 'desc' }] }, position),
      cursorOf(tenant('b'), right, position, sealing),
      cursorOf(a, right, position, foreign),
      cursorOf(a, right, ['sad']),
      cursorOf(a, right, ['sad', '1', '2']),
      cursorOf(a, right, []),
      `${cursor}=`,
      `${cursor} `,
      `${cursor.slice(0, -4)}AAAA`,
      cursor.slice(1),
      '',
      'forged',
      0,
      {},
      [cursor],
      new String(cursor),
    ];
    for (const one of wrong) {
      for (const pagination of [
        { first: 5, after: one },
        { last: 5, before: one },
      ] as readonly CursorForwardPagination[]) {
        const querier = batchQuerier<ArticleRow>({ ...right, pagination });
        const refusal = refused(() => compileSearch(mapping, a, querier, context));
        expect(refusal).not.toBeNull();
        expect({ one, refusal: refused(() => found([a, querier])) }).toEqual({ one, refusal });
      }
    }
    const withoutCodec = { ...context, cursors: null };
    const [, querier] = after(a, right, position);
    const compiled = (): ReturnType<typeof compileSearch> => compileSearch(mapping, a, querier, withoutCodec);
    expect(refused(() => searchInShape(mapping, a, querier, withoutCodec, compiled))).toMatchObject({ name: 'Misuse' });
  });

  it('goes on with other values of conditions that bind no cursor, and with other ones', () => {
    const a = tenant('a');
    const of = (conditions: Args['conditions']): Args => ({
      conditions: conditions!,
      orders: [{ by: 'rank' }],
      bindConditions: false,
    });
    const cursor = cursorOf(a, of([{ rank: { gte: 1 } }]), ['1', '2']);
    const on = (conditions: Args['conditions']): Search => [a, asked(of(conditions), { first: 5, after: cursor })];

    expect(
      compilations([
        on([{ rank: { gte: 1 } }]),
        on([{ rank: { gte: 2 } }]),
        on([{ title: { eq: 'a' } }]),
        on([{ title: { eq: 'b' } }]),
      ]),
    ).toBe(2);
  });

  it('keeps no positions', () => {
    const mapping = mapped();
    const [scope, querier] = after(tenant('a'), { orders: [{ by: 'title' }] }, ['a title that is secret', '1']);
    searchInShape(mapping, scope, querier, context, () => compileSearch(mapping, scope, querier, context));

    const shape = mapping.searches.of('search');
    searchParts(mapping, scope, querier, context, shape);
    expect(shape.kept!.text.sql).toContain('("title", "id") > ($2::varchar, $3::uuid)');
    expect(JSON.stringify(shape.kept)).not.toContain('secret');
  });
});
