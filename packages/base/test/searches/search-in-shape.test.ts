import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import {
  type BatchQuerier,
  batchQuerier,
  type BatchQuerierArgs,
  compileSearch,
  CursorCodec,
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

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });
const page = { limit: 5, offset: 0 };

describe('the shape of a search', () => {
  let test: TestDatabase;
  beforeAll(async () => {
    test = await testDatabase([ArticleRow]);
  });
  afterAll(() => test.close());

  const mapped = (): EntityMapping => new EntityCatalog(test.dataSource, cursors).mappingOf(ArticleRow);

  const compilations = (searches: Parameters<typeof compilationsOf>[2]): number =>
    compilationsOf(mapped(), cursors, searches);
  const asked = (args: Args): BatchQuerier<ArticleRow> => batchQuerier<ArticleRow>({ pagination: page, ...args });

  const refused = (attempt: () => unknown): object | null => {
    try {
      attempt();
      return null;
    } catch (error) {
      return refusalOf(error);
    }
  };

  it('is written once for searches that differ in their values alone', () => {
    const of = (name: string, rank: number, offset: number, atMost: number, isPinned: boolean) =>
      [
        searchScope<ArticleRow>({ name, equals: { tenant: name, isPinned } }),
        asked({
          conditions: [{ rank: { gte: rank, lt: rank + 9 }, mood: { isNull: true } }, { title: { in: [name, name] } }],
          orders: [{ by: 'createdAt', dir: 'desc' }],
          pagination: { limit: 5, offset },
          total: { atMost },
        }),
      ] as const;

    expect(compilations([of('a', 1, 1, 1, true), of('b', 2, 3, 1_000, false), of('c', -3, 7, 2, true)])).toBe(1);
  });

  it('is the same for columns and operators in whatever order they are named', () => {
    const ones: Args = { conditions: [{ rank: { gte: 1, lt: 5 }, title: { eq: 'x' } }] };
    const others: Args = { conditions: [{ title: { eq: 'y' }, rank: { lt: 7, gte: 0 } }] };

    expect(
      compilations([
        [tenant('a'), asked(ones)],
        [tenant('b'), asked(others)],
      ]),
    ).toBe(1);
  });

  it('is another one wherever a text is another, each time around', () => {
    const pinned = searchScope<ArticleRow>({ name: 'pinned', equals: { tenant: 'a', isPinned: true } });
    const pinnedFirst = searchScope<ArticleRow>({ name: 'pinned', equals: { isPinned: true, tenant: 'a' } });
    const searches = [
      [unscoped('of a test'), asked({})],
      [unscoped('of a test'), asked({}), '"deleted_at" IS NULL'],
      [tenant('a'), asked({})],
      [pinned, asked({})],
      [pinnedFirst, asked({})],
      [tenant('a'), asked({ conditions: [{ isPinned: { eq: true } }] })],
      [unscoped('of a test'), asked({ conditions: [{ tenant: { eq: 'a' } }] })],
      [unscoped('of a test'), asked({ conditions: [{ tenant: { ne: 'a' } }] })],
      [unscoped('of a test'), asked({ conditions: [{ title: { eq: 'a' } }] })],
      [unscoped('of a test'), asked({ conditions: [{ title: { eq: 'a' }, tenant: { eq: 'a' } }] })],
      [unscoped('of a test'), asked({ conditions: [{ title: { eq: 'a' }, tenant: { ne: 'a' } }] })],
      [unscoped('of a test'), asked({ conditions: [{ title: { eq: 'a', ne: 'a' } }] })],
      [unscoped('of a test'), asked({ conditions: [{ price: { isNull: true } }] })],
      [unscoped('of a test'), asked({ conditions: [{ mood: { isNull: true } }] })],
      [unscoped('of a test'), asked({ conditions: [{ mood: { isNull: false } }] })],
      [tenant('a'), asked({ orders: [{ by: 'rank' }] })],
      [tenant('a'), asked({ orders: [{ by: 'rank', dir: 'desc' }] })],
      [tenant('a'), asked({ orders: [{ by: 'mood', nulls: 'first' }] })],
      [tenant('a'), asked({ orders: [{ by: 'mood' }, { by: 'rank' }] })],
      [tenant('a'), asked({ orders: [{ by: 'rank' }, { by: 'mood' }] })],
      [tenant('a'), asked({ orders: [{ by: 'mood' }] })],
      [tenant('a'), asked({ pagination: { limit: 6, offset: 0 } })],
      [tenant('a'), asked({ pagination: { limit: 5, offset: 1 } })],
      [tenant('a'), asked({ pagination: { first: 5 } })],
      [tenant('a'), asked({ pagination: { last: 5 } })],
      [tenant('a'), asked({ pagination: { noPagination: true } })],
      [tenant('a'), asked({ total: 'exact' })],
      [tenant('a'), asked({ total: { atMost: 5 } })],
      [tenant('a'), asked({ measureBoth: true, pagination: { limit: 5, offset: 1 } })],
      [tenant('a'), asked({ bindConditions: false })],
    ] as const;

    expect(compilations([...searches, ...searches])).toBe(searches.length);
  });

  it('is no way around what the compiler refuses', () => {
    const right: Args = {
      conditions: [{ rank: { eq: 1 } }, { facts: { contains: {} } }, { mood: { isNull: true } }],
      orders: [{ by: 'mood', dir: 'desc', nulls: 'last' }],
      total: { atMost: 5 },
    };
    const wrong: readonly Readonly<Record<string, unknown>>[] = [
      { conditions: [{ rank: { eq: 'x' } }, ...right.conditions!.slice(1)] },
      { conditions: [{ rank: { eq: null } }, ...right.conditions!.slice(1)] },
      { conditions: [right.conditions![0], { facts: { contains: null } }, right.conditions![2]] },
      { conditions: [right.conditions![0], { facts: { contains: undefined } }, right.conditions![2]] },
      { conditions: [...right.conditions!.slice(0, 2), { mood: { isNull: 1 } }] },
      { conditions: [...right.conditions!, { rank: {} }] },
      { conditions: [...right.conditions!, new Map()] },
      { conditions: [...right.conditions!, null] },
      { conditions: { ...right.conditions } },
      { conditions: [{ rank: new Map([['eq', 1]]) }, ...right.conditions!.slice(1)] },
      { conditions: [{ rank: Object.assign(new (class Own {})(), { eq: 1 }) }, ...right.conditions!.slice(1)] },
      { orders: [{ by: 'mood', dir: 'DESC', nulls: 'last' }] },
      { orders: [{ by: 'mood', dir: 'desc', nulls: null }] },
      { orders: [...right.orders!, ...right.orders!] },
      { orders: { ...right.orders } },
      { pagination: { limit: 5, offset: -1 } },
      { pagination: { limit: 5 } },
      { pagination: { limit: 5, offset: 0, first: 5 } },
      { total: { atMost: 0 } },
      { total: null },
    ];
    const mapping = mapped();
    const context = { restriction: null, cursors };
    const found = (scope: Scope<ArticleRow>, querier: BatchQuerier<ArticleRow>): void => {
      searchInShape(mapping, scope, querier, context, () => compileSearch(mapping, scope, querier, context));
    };
    found(tenant('a'), asked(right));
    found(tenant('a'), asked({ ...right, orders: [{ by: 'mood', nulls: 'last' }] }));

    for (const args of wrong) {
      const querier = asked({ ...right, ...args } as Args);
      const refusal = refused(() => compileSearch(mapping, tenant('a'), querier, context));
      expect(refusal).not.toBeNull();
      expect({ args, refusal: refused(() => found(tenant('a'), querier)) }).toEqual({ args, refusal });
    }
    const noScope = { ...tenant('a') } as Scope<ArticleRow>;
    expect(refused(() => found(noScope, asked(right)))).toMatchObject({ name: 'Misuse' });
  });

  it('is none where something else may stand there the second time that it is read', () => {
    const frozen = asked({ conditions: [{ rank: { eq: 1 } }] });
    const operators = [
      Object.freeze({
        get eq() {
          return 1;
        },
      }),
      new Proxy(Object.freeze({ eq: 1 }), {}),
      { eq: 1 },
    ];
    const open = operators.map((rank): BatchQuerier<ArticleRow> =>
      Object.freeze({ ...frozen, conditions: Object.freeze([Object.freeze({ rank })]) }),
    );

    for (const querier of open) expect(compilations([0, 1, 2].map(() => [tenant('a'), querier] as const))).toBe(3);
  });

  it('is none of what is longer than what comes again and again', () => {
    const long = asked({ conditions: Array.from({ length: 17 }, (_, rank) => ({ rank: { ne: rank } })) });

    expect(compilations([0, 1].map(() => [tenant('a'), long] as const))).toBe(2);
  });

  it('keeps neither values nor scopes', () => {
    const mapping = mapped();
    const querier = asked({ conditions: [{ title: { eq: 'a title that is secret' } }] });
    const context = { restriction: null, cursors };
    const scope = tenant('a tenant that is secret');
    searchInShape(mapping, scope, querier, context, () => compileSearch(mapping, scope, querier, context));

    const shape = mapping.searches.of('search');
    searchParts(mapping, scope, querier, context, shape);
    expect(shape.kept!.text.sql).toContain('"title" = $2::varchar');
    expect(JSON.stringify(shape.kept)).not.toContain('secret');
  });
});
