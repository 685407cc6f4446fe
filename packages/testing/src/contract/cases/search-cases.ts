import assert from 'node:assert/strict';
import type { InvalidInput } from '@holdfast/errors';
import { batchQuerier, type Cursor, type Page, type Pagination, type QueryOrder } from '@holdfast/querier';
import type { ContractCase } from '../contract-case.js';
import type { ContractWorld } from '../contract-world.js';
import { refusal } from '../refusal.js';

type Orders = readonly QueryOrder<object>[];

const ROWS = 7;
const PAGE = 3;

const ordersOf = ({ contract: { orders = [] } }: ContractWorld): readonly Orders[] => [
  [],
  ...orders.map((order) => [order]),
];

function search(world: ContractWorld, orders: Orders, pagination: Pagination): Promise<Page<object>> {
  return world.repository.search(world.mine.scope, batchQuerier({ orders, pagination, total: 'exact' }));
}

/** The pages from one end to the other, each with what is known of it besides. */
async function walk(
  world: ContractWorld,
  orders: Orders,
  pageAt: (page: Page<object> | null) => Pagination,
  hasNext: (page: Page<object>) => boolean,
): Promise<readonly Page<object>[]> {
  const pages: Page<object>[] = [];
  for (let last: Page<object> | null = null; last === null || hasNext(last);) {
    last = await search(world, orders, pageAt(last));
    pages.push(last);
    if (pages.length > ROWS) assert.fail('the pages come to no end');
  }
  return pages;
}

const cursorsAreTold = ({ items, cursors, startCursor, endCursor }: Page<object>): boolean =>
  cursors.length === items.length && cursors[0] === startCursor && cursors.at(-1) === endCursor;

export const searchCases: readonly ContractCase[] = [
  {
    title: 'search gives all pages forward, each row once, and tells the truth of what comes before and after',
    needs: ['search'],
    async run(world) {
      await world.rows(world.theirs, 2);
      await world.rows(world.mine, ROWS);
      for (const orders of ordersOf(world)) {
        const { items } = await search(world, orders, { noPagination: true });

        const pages = await walk(
          world,
          orders,
          (last) => ({ first: PAGE, after: last?.endCursor ?? null }),
          ({ hasNextPage }) => hasNextPage,
        );

        assert.deepEqual(
          pages.flatMap((page) => page.items),
          items,
          `in the order ${JSON.stringify(orders)}`,
        );
        assert.deepEqual(
          pages.map(({ hasNextPage, hasPreviousPage }) => [hasPreviousPage, hasNextPage]),
          [
            [false, true],
            [true, true],
            [true, false],
          ],
        );
        assert.equal(pages.every(cursorsAreTold), true, 'the cursors are not those of the items');
      }
    },
  },
  {
    title: 'search gives all pages backward, each in the order of display',
    needs: ['search'],
    async run(world) {
      await world.rows(world.theirs, 2);
      await world.rows(world.mine, ROWS);
      for (const orders of ordersOf(world)) {
        const { items } = await search(world, orders, { noPagination: true });

        const pages = await walk(
          world,
          orders,
          (last) => ({ last: PAGE, before: last?.startCursor ?? null }),
          ({ hasPreviousPage }) => hasPreviousPage,
        );

        assert.deepEqual(
          [...pages].reverse().flatMap((page) => page.items),
          items,
          `in the order ${JSON.stringify(orders)}`,
        );
        assert.deepEqual(
          pages.map(({ hasNextPage, hasPreviousPage }) => [hasPreviousPage, hasNextPage]),
          [
            [true, false],
            [true, true],
            [false, true],
          ],
        );
      }
    },
  },
  {
    title: 'search gives pages by position, and a page that holds all rows is the last',
    needs: ['search'],
    async run(world) {
      await world.rows(world.mine, ROWS);
      const { items } = await search(world, [], { noPagination: true });

      const middle = await search(world, [], { limit: PAGE, offset: 2 });
      assert.deepEqual(middle.items, items.slice(2, 2 + PAGE));
      assert.deepEqual([middle.hasPreviousPage, middle.hasNextPage], [true, true]);

      const whole = await search(world, [], { first: ROWS });
      assert.deepEqual([whole.hasPreviousPage, whole.hasNextPage], [false, false]);
    },
  },
  {
    title: 'search counts what matches in the scope if it is asked to, and nothing else',
    needs: ['search'],
    async run(world) {
      const { mine, theirs, repository, contract } = world;
      const ids = (await world.rows(mine, 4)).map(contract.idOf);
      const foreign = contract.idOf(await world.row(theirs));
      const conditions = [contract.byIds([...ids.slice(0, 3), foreign])];
      const pagination = { first: 2 };

      const counted = await repository.search(mine.scope, batchQuerier({ conditions, pagination, total: 'exact' }));
      const uncounted = await repository.search(mine.scope, batchQuerier({ conditions, pagination }));

      assert.deepEqual(counted.total, { value: 3, exact: true });
      assert.equal(uncounted.total, null);
    },
  },
  {
    title: 'search refuses a cursor that was made for another tenant, or by nobody',
    needs: ['search'],
    async run(world) {
      const { mine, theirs, repository } = world;
      await world.rows(theirs, 2);
      const first = await repository.search(theirs.scope, batchQuerier({ pagination: { first: 1 } }));

      for (const after of [first.endCursor, 'forged' as Cursor]) {
        const querier = batchQuerier<object>({ pagination: { first: 1, after } });
        const error = await refusal(() => repository.search(mine.scope, querier), 'the cursor');
        assert.equal((error as InvalidInput).reason, 'INVALID_CURSOR', `it was refused with ${String(error)}`);
      }
    },
  },
];
