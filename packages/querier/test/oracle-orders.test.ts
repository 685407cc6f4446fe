import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { type BatchQuerierArgs, type Page, type QueryCondition, unscoped } from '../src/index.js';
import { matches, type Surroundings } from './oracle/matches.js';
import type { OracleRow, OracleWorld } from './oracle/oracle-entity.js';
import { sortedRows } from './oracle/sorted-rows.js';
import { arbitraryCondition } from './specimen/arbitrary-condition.js';
import { arbitraryOrders, type SpecimenOrder } from './specimen/arbitrary-orders.js';
import { arbitraryWorld } from './specimen/arbitrary-world.js';
import { keyOf } from './specimen/matching-keys.js';
import { searchPage } from './specimen/search-page.js';
import { type SpecimenDatabase, specimenDatabase } from './specimen/specimen-database.js';
import { maker, part, specimen, type SpecimenEntity } from './specimen/specimens.js';

const everyone = unscoped('the oracle looks at rows');
let database: SpecimenDatabase;

beforeAll(async () => {
  database = await specimenDatabase();
});

afterAll(() => database.close());

/** The keys of the rows that are foretold, in order. */
function foretold(
  world: OracleWorld,
  entity: SpecimenEntity,
  condition: unknown,
  orders: readonly SpecimenOrder[],
): readonly string[] {
  const around: Surroundings = { world, visible: (_, row) => (row['deletedAt'] ?? null) === null };
  const met = world[entity.name]!.filter((row) => matches(around, entity, row, condition));
  const sorted = sortedRows(
    around,
    entity,
    met,
    orders.map(({ oracle }) => oracle),
  );
  return sorted.map((row) => keyOf(entity, row));
}

const entities = [specimen, maker, part];

describe('compiled orders', () => {
  it.each(entities)('sort the rows of each $name as the oracle does', async (entity) => {
    const many = fc.array(arbitraryOrders(entity), { minLength: 1, maxLength: 10, size: 'max' });
    await fc.assert(
      fc.asyncProperty(arbitraryWorld, many, async (world, asked) => {
        const found = await database.within(world, async (run) => {
          const pages: Page<string>[] = [];
          for (const orders of asked) {
            const args = { orders: orders.map(({ query }) => query), pagination: { noPagination: true } } as const;
            pages.push(await searchPage(run, entity, everyone, args));
          }
          return pages.map(({ items }) => items);
        });
        expect(found).toEqual(asked.map((orders) => foretold(world, entity, {}, orders)));
      }),
      { numRuns: 60 },
    );
  });
});

/** All pages of a search, one after the other. */
type Walk = (
  page: (pagination: BatchQuerierArgs<OracleRow>['pagination']) => Promise<Page<string>>,
  size: number,
) => Promise<readonly Page<string>[]>;

const walks: readonly (readonly [name: string, walk: Walk])[] = [
  [
    'forward by cursor',
    async (page, first) => {
      const pages = [await page({ first })];
      while (pages.at(-1)!.hasNextPage) pages.push(await page({ first, after: pages.at(-1)!.endCursor }));
      return pages;
    },
  ],
  [
    'backward by cursor',
    async (page, last) => {
      const pages = [await page({ last })];
      while (pages[0]!.hasPreviousPage) pages.unshift(await page({ last, before: pages[0]!.startCursor }));
      return pages;
    },
  ],
  [
    'by position',
    async (page, limit) => {
      const pages = [await page({ limit, offset: 0 })];
      while (pages.at(-1)!.hasNextPage) pages.push(await page({ limit, offset: pages.length * limit }));
      return pages;
    },
  ],
];

describe('a walk through pages', () => {
  it.each(walks)('%s has every row that matches once, in the order foretold', async (_, walk) => {
    const search = fc.constantFrom(...entities).chain((entity) =>
      fc.record({
        entity: fc.constant(entity),
        orders: arbitraryOrders(entity),
        condition: fc.oneof({ weight: 2, arbitrary: fc.constant({}) }, arbitraryCondition(entity, 1)),
        size: fc.integer({ min: 1, max: 3 }),
        total: fc.constantFrom('none' as const, 'exact' as const, { atMost: 2 }),
        measureBoth: fc.boolean(),
      }),
    );
    await fc.assert(
      fc.asyncProperty(
        arbitraryWorld,
        search,
        async (world, { entity, orders, condition, size, total, measureBoth }) => {
          const wanted = foretold(world, entity, condition, orders);
          const args = {
            conditions: [condition as QueryCondition<OracleRow>],
            orders: orders.map(({ query }) => query),
            total,
            measureBoth,
          };
          const pages = await database.within(world, (run) =>
            walk((pagination) => searchPage(run, entity, everyone, { ...args, pagination }), size),
          );
          expect(pages.flatMap(({ items }) => items)).toEqual(wanted);
          pages.forEach((page, index) => {
            expect([page.hasPreviousPage, page.hasNextPage]).toEqual([index > 0, index < pages.length - 1]);
            expect(page.total).toEqual(totalOf(wanted.length, total));
          });
        },
      ),
      { numRuns: 100 },
    );
  });
});

function totalOf(count: number, total: BatchQuerierArgs<OracleRow>['total']): Page<string>['total'] {
  if (total === 'none' || total === undefined) return null;
  if (total === 'exact') return { value: count, exact: true };
  return { value: Math.min(count, total.atMost), exact: count <= total.atMost };
}
