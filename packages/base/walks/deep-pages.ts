import { batchQuerier, type Cursor, type Pagination, type QueryOrder, unscoped } from '@holdfast/querier';
import { EVENTS, type EventRow, events } from './deep-table.js';
import type { WalkedDatabase } from './walked-database.js';

/** How many rows lie before the deep page. */
export const DEPTH = 400_000;
export const PAGE_SIZE = 20;
const everything = unscoped('The whole table is measured.');

/** What the first page and the deep one read, in buffers. */
export interface DepthFigures {
  readonly way: 'forward' | 'backward';
  /** Whether PostgreSQL plans once for all values, or anew for each. */
  readonly mode: 'generic' | 'custom';
  readonly first: number;
  readonly deep: number;
}

/** How many times as many buffers as the first page the deep one may read. */
export const MOST_TIMES = 3;

/** The orders that are measured: uniform, mixed, and nullable with NULLs where they stand by default and elsewhere. */
export const deepOrders: Readonly<Record<string, readonly QueryOrder<EventRow>[]>> = {
  'created_at, id': [{ by: 'createdAt' }, { by: 'id' }],
  'created_at DESC, id DESC': [
    { by: 'createdAt', dir: 'desc' },
    { by: 'id', dir: 'desc' },
  ],
  'prio, created_at DESC, id': [{ by: 'prio' }, { by: 'createdAt', dir: 'desc' }, { by: 'id' }],
  'name (few ties), created_at DESC, id': [
    { by: 'name', fewTies: true },
    { by: 'createdAt', dir: 'desc' },
    { by: 'id' },
  ],
  'due, id': [{ by: 'due' }, { by: 'id' }],
  'due DESC, id DESC': [
    { by: 'due', dir: 'desc' },
    { by: 'id', dir: 'desc' },
  ],
  'due NULLS FIRST, id': [{ by: 'due', nulls: 'first' }, { by: 'id' }],
  'due DESC NULLS LAST, id DESC': [
    { by: 'due', dir: 'desc', nulls: 'last' },
    { by: 'id', dir: 'desc' },
  ],
};

/** Measures the first page and the one behind `DEPTH` rows, both ways, in both plan modes. */
export async function deepPages(
  walked: WalkedDatabase,
  orders: readonly QueryOrder<EventRow>[],
): Promise<readonly DepthFigures[]> {
  const figures: DepthFigures[] = [];
  for (const way of ['forward', 'backward'] as const) {
    const cursor = await cursorAt(walked, orders, way);
    const [first, deep] =
      way === 'forward'
        ? [{ first: PAGE_SIZE }, { first: PAGE_SIZE, after: cursor }]
        : [{ last: PAGE_SIZE }, { last: PAGE_SIZE, before: cursor }];
    for (const mode of ['generic', 'custom'] as const) {
      figures.push({
        way,
        mode,
        first: await buffersRead(walked, orders, first, mode),
        deep: await buffersRead(walked, orders, deep, mode),
      });
    }
  }
  return figures;
}

/** How many shared buffers a page reads. */
async function buffersRead(
  { database }: WalkedDatabase,
  orders: readonly QueryOrder<EventRow>[],
  pagination: Pagination,
  mode: DepthFigures['mode'],
): Promise<number> {
  const page = events.search(everything, batchQuerier({ orders, pagination }));
  const { Plan } = await database.explain(page, { mode, analyze: true, buffers: true });
  return Plan['Shared Hit Blocks']! + Plan['Shared Read Blocks']!;
}

/** The cursor of the row behind which, in this way, the deep page begins. */
async function cursorAt(
  { database }: WalkedDatabase,
  orders: readonly QueryOrder<EventRow>[],
  way: 'forward' | 'backward',
): Promise<Cursor> {
  const offset = way === 'forward' ? DEPTH - 1 : EVENTS - DEPTH;
  const page = await database.execute(
    events.search(everything, batchQuerier({ orders, pagination: { limit: 1, offset } })),
  );
  return page.startCursor!;
}
