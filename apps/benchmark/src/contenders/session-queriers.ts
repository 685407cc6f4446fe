import { type BatchQuerier, batchQuerier, type Cursor, order, where } from '@holdfast/querier';
import { type Listing, PAGE_SIZE } from '../session-table.js';
import type { Row } from './session-operations.js';

const orders = [order<Row>('created_at', { ascending: false }), order<Row>('id', { ascending: false })];

const listed = (status: string, since: Date) => [
  where<Row>({ status: { eq: status } }),
  where<Row>({ created_at: { gte: since } }),
];

/** The newest of a status. */
export const newestOf = (status: string, since: Date, limit: number): BatchQuerier<Row> =>
  batchQuerier({ conditions: listed(status, since), orders, pagination: { limit, offset: 0 } });

/** The first page of a listing and how many there are. */
export const countedPage = ({ status, since }: Listing): BatchQuerier<Row> =>
  batchQuerier({
    conditions: listed(status, since),
    orders,
    pagination: { limit: PAGE_SIZE, offset: 0 },
    total: 'exact',
  });

/** The page after a cursor, or the first. */
export const pageAfter = ({ status, since }: Listing, after: Cursor | null): BatchQuerier<Row> =>
  batchQuerier({
    conditions: listed(status, since),
    orders,
    pagination: after === null ? { first: PAGE_SIZE } : { first: PAGE_SIZE, after },
  });

/** One row of a listing, whose cursor is wanted. */
export const rowAt = ({ status, since }: Listing, offset: number): BatchQuerier<Row> =>
  batchQuerier({ conditions: listed(status, since), orders, pagination: { limit: 1, offset } });
