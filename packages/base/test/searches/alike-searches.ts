import fc from 'fast-check';
import { type BatchQuerier, batchQuerier, type Cursor, type Scope, searchScope, unscoped } from '@holdfast/querier';
import type { RowSelection } from '../../src/index.js';
import type { ArticleRow } from '../fixture/article-row.js';
import { tenant } from '../fixture/articles.js';

/** A search of articles, which may be one that is refused. */
export interface AskedSearch {
  readonly scope: Scope<ArticleRow>;
  readonly querier: BatchQuerier<ArticleRow>;
  readonly selection: RowSelection;
  /** Where it goes on from, if its page says `HERE` instead of a cursor, which only a query can make. */
  readonly place: Place;
}

/** What a cursor is made of. */
export interface Place {
  /** A text for each key of the order, and more. */
  readonly texts: readonly (string | null)[];
  readonly codec: 'signing' | 'sealing' | 'foreign';
  /** Whether it is made for the search that goes on from it, or for one that is alike. */
  readonly isOwn: boolean;
}

/** In place of a cursor. */
const HERE = 'here' as Cursor;

const tenants = fc.constantFrom('a', 'b', 'c');

const scopes: fc.Arbitrary<Scope<ArticleRow>> = fc.oneof(
  { weight: 4, arbitrary: tenants.map((name): Scope<ArticleRow> => tenant(name)) },
  fc.tuple(tenants, fc.boolean(), fc.boolean()).map(([name, isPinned, first]) =>
    searchScope<ArticleRow>({
      name: 'pinned',
      equals: first ? { isPinned, tenant: name } : { tenant: name, isPinned },
    }),
  ),
  tenants.map((title) => searchScope<ArticleRow>({ name: 'title', equals: { title } })),
  tenants.map((name) =>
    searchScope<ArticleRow>({ name: 'ranked', equals: { tenant: name }, where: { rank: { gt: 0 } } }),
  ),
  tenants.map((name): Scope<ArticleRow> => [tenant(name), tenant('a')]),
  fc.constant(unscoped('of a test')),
);

const rank = fc.integer({ min: -1, max: 1 });
const title = fc.constantFrom('a', 'b', '', '$1', '%');
const mood = fc.constantFrom('glad', 'sad');
const odd = fc.constantFrom<unknown>('x', null, undefined, {}, [], 1.5, 'a\0', Symbol.iterator, new Map());

const operators: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<unknown>>>>> = {
  rank: { eq: rank, ne: rank, lt: rank, lte: rank, gt: rank, gte: rank, in: fc.array(rank), notIn: fc.array(rank) },
  title: { eq: title, contains: title, startsWith: title, iendsWith: title, ieq: title, iin: fc.array(title) },
  mood: { eq: mood, isNull: fc.boolean(), in: fc.array(mood) },
  price: { isNull: fc.boolean(), gte: fc.constantFrom('0', '1.50') },
  isPinned: { eq: fc.boolean() },
  tags: { has: title, hasAny: fc.array(title), isEmpty: fc.boolean() },
  facts: { contains: fc.constantFrom({}, { a: 1 }), hasKey: title, isNull: fc.boolean() },
  createdAt: { gte: fc.constantFrom(new Date(0), '2026-01-01T00:00:00Z') },
};

/** Right, but for something odd now and then. */
const mostly = (right: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> =>
  fc.oneof({ weight: 60, arbitrary: right }, { weight: 1, arbitrary: odd });

const comparisons = fc.oneof(
  ...Object.entries(operators).map(([column, ofColumn]) =>
    fc
      .uniqueArray(fc.constantFrom(...Object.keys(ofColumn)), { minLength: 1, maxLength: 2 })
      .chain((names) => fc.record(Object.fromEntries(names.map((name) => [name, mostly(ofColumn[name]!)]))))
      .map((operands): object => ({ [column]: operands })),
  ),
);

/** Few, and of columns that take each other's values: so that many differ in a column or an operator alone. */
const likely = fc.oneof(
  fc.tuple(fc.constantFrom('rank', 'version'), fc.constantFrom('eq', 'ne', 'lt', 'gte'), rank),
  fc.tuple(fc.constantFrom('title', 'tenant'), fc.constantFrom('eq', 'ne', 'lt', 'contains'), title),
  fc.tuple(fc.constantFrom('mood', 'price', 'deletedAt'), fc.constant('isNull'), fc.boolean()),
);

const conditions = fc.oneof(
  {
    weight: 24,
    arbitrary: likely.map(([column, operator, operand]): unknown => ({ [column]: { [operator]: operand } })),
  },
  {
    weight: 12,
    arbitrary: fc.array(comparisons, { maxLength: 2 }).map((some): unknown => Object.assign({}, ...some)),
  },
  fc.record({ or: fc.array(comparisons, { maxLength: 2 }) }),
  comparisons.map((not) => ({ not })),
  fc.constantFrom({ nothing: { eq: 1 } }, { rank: { like: 1 } }, { rank: {} }, { tags: { eq: 'a' } }, null),
);

const orders = fc.record(
  {
    by: fc.oneof(
      { weight: 30, arbitrary: fc.constantFrom<unknown>('rank', 'title', 'mood', 'createdAt', 'id', 'views') },
      { weight: 1, arbitrary: fc.constantFrom<unknown>('tags', 'nothing', 1) },
    ),
    dir: mostly(fc.constantFrom('asc', 'desc')),
    nulls: mostly(fc.constantFrom('first', 'last')),
    confidential: fc.boolean(),
    fewTies: fc.boolean(),
  },
  { requiredKeys: ['by'] },
);

const size = fc.constantFrom(1, 2, 5);

const pages = fc.oneof(
  { weight: 6, arbitrary: fc.record({ limit: size, offset: fc.constantFrom(0, 0, 1, 3) }) },
  { weight: 2, arbitrary: fc.record({ first: fc.oneof(size, fc.constant(0)) }) },
  { weight: 2, arbitrary: fc.record({ last: size, before: fc.constant(null) }) },
  { weight: 6, arbitrary: fc.record({ first: fc.oneof(size, fc.constant(0)), after: fc.constant(HERE) }) },
  { weight: 4, arbitrary: fc.record({ last: size, before: fc.constant(HERE) }) },
  fc.constant({ noPagination: true }),
  fc.constantFrom<object>({ limit: 0, offset: 0 }, { limit: 1 }, { first: 1, after: 'forged' }, { limit: 1, last: 1 }),
);

const places: fc.Arbitrary<Place> = fc.record({
  texts: fc.array(fc.constantFrom('1', '2', null), { minLength: 3, maxLength: 3 }),
  codec: fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom('signing', 'sealing') },
    { weight: 1, arbitrary: fc.constant('foreign') },
  ),
  isOwn: fc.oneof({ weight: 3, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

const parts = fc.record({
  scope: scopes,
  selection: fc.constantFrom<RowSelection>({}, { includeDeleted: true }),
  conditions: fc.oneof(fc.array(conditions, { maxLength: 2 }), fc.tuple(conditions)),
  orders: fc.array(orders, { maxLength: 2 }),
  pagination: pages,
  place: places,
  total: fc.oneof(
    { weight: 20, arbitrary: fc.constantFrom<unknown>('none', 'exact', { atMost: 1 }, { atMost: 3 }) },
    { weight: 1, arbitrary: fc.constantFrom<unknown>('all', { atMost: 0 }) },
  ),
  measureBoth: fc.boolean(),
  bindConditions: fc.boolean(),
  confidential: fc.boolean(),
});

type Parts = typeof parts extends fc.Arbitrary<infer Value> ? Value : never;

function searchOf({ scope, selection, place, ...args }: Parts): AskedSearch {
  return { scope, selection, place, querier: batchQuerier<ArticleRow>(args as never) };
}

/** The search with a cursor wherever it says `HERE`. */
export function goingOnFrom(asked: AskedSearch, cursor: () => Cursor): AskedSearch {
  const { pagination, ...args } = asked.querier;
  const at = (['after', 'before'] as const).find((name) => pagination[name] === HERE);
  if (at === undefined) return asked;
  return { ...asked, querier: batchQuerier({ ...args, pagination: { ...pagination, [at]: cursor() } as never }) };
}

/** A search, and others that differ from it in one part alone: those that could be taken for one another. */
export const alikeSearches: fc.Arbitrary<readonly AskedSearch[]> = fc
  .tuple(parts, fc.array(parts, { minLength: 1, maxLength: 3 }))
  .map(([first, others]) =>
    [
      first,
      ...others.flatMap((other) => Object.keys(other).map((name) => ({ ...first, [name]: other[name as never] }))),
    ].map(searchOf),
  )
  .chain((searches) => fc.shuffledSubarray(searches, { minLength: searches.length }));
