import assert from 'node:assert/strict';
import type { PlanNode, ReadSpec } from '@holdfast/base';
import {
  type BatchQuerier,
  batchQuerier,
  type Cursor,
  type FieldSet,
  type OrderOptions,
  type Page,
  type QueryOrder,
} from '@holdfast/querier';
import { createTestDatabase } from '../create-test-database.js';
import type { TestDatabase, TestDatabaseArgs } from '../test-database.js';

/** What a package offers to order by, and how its repository searches. */
export interface OrderContract<Row extends object> {
  /** The tables: see `createTestDatabase`. */
  readonly tables: Pick<TestDatabaseArgs, 'entities' | 'migrations'>;
  /** Makes 10,000 rows or more that the search finds, and as many that it does not. */
  readonly fill: (test: TestDatabase) => Promise<unknown>;
  /** The search of the db source, in the scope that its callers have. */
  readonly search: (querier: BatchQuerier<Row>) => ReadSpec<Page<unknown>>;
  /** Builders of orders by name: `NoteOrders`. */
  readonly orders: Readonly<Record<string, (options?: OrderOptions) => QueryOrder<Row>>>;
  /** What requests order by: `noteFields`. */
  readonly fields: FieldSet<Row>;
}

/** One case of the contract, for a runner to run. */
export interface OrderCase {
  /** A sentence of behaviour. */
  readonly title: string;
  /** Rejects with an AssertionError that says what is read. */
  readonly run: () => Promise<void>;
}

const PAGE = 20;
/** A page, and what an incremental sort takes at a time: of 10,000 rows not much. */
const MOST_READ = 5 * PAGE;

/** The contract of orders as a list of cases, for runners that `describeOrders` does not know. `close` afterwards. */
export function orderCases<Row extends object>(
  contract: OrderContract<Row>,
): { readonly cases: readonly OrderCase[]; readonly close: () => Promise<void> } {
  const { tables, fill, search, orders, fields } = contract;
  let opening: Promise<TestDatabase> | null = null;
  const open = async (): Promise<TestDatabase> => {
    const test = await createTestDatabase(tables);
    await fill(test);
    await test.dataSource.query('ANALYZE');
    return test;
  };

  /** Two pages, from the beginning on. */
  const check = async (page: (after: Cursor | null) => BatchQuerier<Row>): Promise<void> => {
    const { database } = await (opening ??= open());
    const { endCursor, hasNextPage } = await database.execute(search(page(null)));
    assert.ok(hasNextPage, 'There is one page alone: fill makes many rows');
    for (const after of [null, endCursor]) {
      for (const mode of ['custom', 'generic'] as const) {
        const { Plan } = await database.explain(search(page(after)), { mode, analyze: true });
        const scans = nodesOf(Plan).filter((node) => node['Relation Name'] !== undefined);
        const read = scans.reduce((sum, node) => sum + rowsOf(node), 0);
        const how = scans
          .map((node) => `${node['Node Type']} ${node['Index Name'] ?? node['Relation Name']}`)
          .join(', ');
        assert.ok(read <= MOST_READ, `${read} rows are read for a page of ${PAGE}, by ${how} (a ${mode} plan)`);
      }
    }
  };

  const built = Object.entries(orders).flatMap(([name, by]) =>
    [true, false].map((ascending) => ({
      title: `a page by ${name}, ${ascending ? 'ascending' : 'descending'}, is read by an index`,
      run: () =>
        check((after) => batchQuerier<Row>({ orders: [by({ ascending })], pagination: { first: PAGE, after } })),
    })),
  );
  const requested = [...fields.fields.values()]
    .filter(({ order }) => order !== null)
    .map(({ name }) => ({
      title: `a page that a request orders by ${name} is read by an index`,
      run: () =>
        check((after) => fields.parseSearchBody({ order: [name], first: PAGE, ...(after !== null && { after }) })),
    }));
  return {
    cases: [...built, ...requested],
    close: async () => (await opening)?.close(),
  };
}

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

/** How many rows a scan has looked at. */
function rowsOf(node: PlanNode): number {
  return ((node['Actual Rows'] ?? 0) + (node['Rows Removed by Filter'] ?? 0)) * (node['Actual Loops'] ?? 0);
}
