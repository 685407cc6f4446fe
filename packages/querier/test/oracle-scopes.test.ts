import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { QueryCondition } from '../src/index.js';
import { matches, type Surroundings } from './oracle/matches.js';
import type { OracleRow } from './oracle/oracle-entity.js';
import { sortedRows } from './oracle/sorted-rows.js';
import { arbitraryCondition } from './specimen/arbitrary-condition.js';
import { arbitraryOrders } from './specimen/arbitrary-orders.js';
import { arbitraryWorld } from './specimen/arbitrary-world.js';
import { keyOf } from './specimen/matching-keys.js';
import { searchPage } from './specimen/search-page.js';
import { type SpecimenDatabase, specimenDatabase } from './specimen/specimen-database.js';
import { rankScope } from './specimen/specimen-scopes.js';
import { maker, part, specimen } from './specimen/specimens.js';

let database: SpecimenDatabase;

beforeAll(async () => {
  database = await specimenDatabase();
});

afterAll(() => database.close());

describe('a search in a scope', () => {
  it.each([specimen, maker, part])('finds of each $name what there is in a world of nothing else', async (entity) => {
    const search = fc.record({
      condition: arbitraryCondition(entity),
      orders: arbitraryOrders(entity),
      rank: fc.constantFrom(0, 1),
    });
    const searches = fc.array(search, { minLength: 1, maxLength: 10, size: 'max' });
    await fc.assert(
      fc.asyncProperty(arbitraryWorld, searches, async (world, asked) => {
        // Few ranks, so that there is something to see.
        const ranked = Object.fromEntries(
          Object.entries(world).map(([name, rows]) => [name, rows.map((row) => ({ ...row, rank: rankOf(row) }))]),
        );
        const wanted = asked.map(({ condition, orders, rank }) => {
          const visible: Surroundings['visible'] = (_, row) =>
            row['rank'] === rank && (row['deletedAt'] ?? null) === null;
          const around = { world: ranked, visible };
          const own = ranked[entity.name]!.filter((row) => row.rank === rank);
          const met = own.filter((row) => matches(around, entity, row, condition));
          return sortedRows(
            around,
            entity,
            met,
            orders.map(({ oracle }) => oracle),
          ).map((row) => keyOf(entity, row));
        });
        const found = await database.within(ranked, async (run) => {
          const pages = [];
          for (const { condition, orders, rank } of asked) {
            const conditions = [condition as QueryCondition<OracleRow>];
            const args = { conditions, orders: orders.map(({ query }) => query), pagination: { noPagination: true } };
            pages.push((await searchPage(run, entity, rankScope(entity, rank), args as never)).items);
          }
          return pages;
        });
        expect(found).toEqual(wanted);
      }),
      { numRuns: 60 },
    );
  });
});

const rankOf = (row: OracleRow): number => Math.abs(((row['rank'] ?? 0) as number) % 2);
