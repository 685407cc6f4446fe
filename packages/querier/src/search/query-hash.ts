import { createHash } from 'node:crypto';
import type { QueryCondition } from '../condition/condition.js';
import type { QueryOrder } from '../order/order.js';
import type { BatchQuerier } from './batch-querier.js';
import { canonicalText } from './canonical-text.js';

/** What can be hashed and compared: a condition, an order, or a whole search. */
export type QueryPart<Row> = QueryCondition<Row> | QueryOrder<Row> | BatchQuerier<Row>;

/**
 * A key for a condition, an order or a search, e.g. in a cache: SHA-256 as 43 characters of base64url, the same in every
 * process. Equal parts have equal hashes, whatever the order of their names; parts that merely match the same rows differ.
 * It says nothing of the scope: what is kept under it must be kept for one tenant. Throws Misuse for what is no plain data.
 */
export function queryHash<Row>(part: QueryPart<Row>): string {
  return createHash('sha256').update(canonicalText(part)).digest('base64url');
}

/** Whether two conditions, orders or searches say the same. Throws Misuse for what is no plain data. */
export function sameQuery<Row>(one: QueryPart<Row>, other: QueryPart<Row>): boolean {
  return one === other || canonicalText(one) === canonicalText(other);
}
