import { freeze } from '../plain-data/freeze.js';
import type { KeysOfKind } from '../entity/row-kinds.js';

/** An order by one column. Ties are broken by the orders that follow, at last by the primary key. */
export interface QueryOrder<Row> {
  readonly by: KeysOfKind<Row, 'scalar'>;
  /** Default `asc`. */
  readonly dir?: 'asc' | 'desc';
  /** Where NULLs stand. Default as in PostgreSQL: last when ascending, first when descending. */
  readonly nulls?: 'first' | 'last';
}

export interface OrderOptions {
  /** Default true. */
  readonly ascending?: boolean;
  readonly nulls?: 'first' | 'last';
}

/** An order by a column: `order<SessionRow>('createdAt', { ascending: false })`. */
export function order<Row>(by: KeysOfKind<Row, 'scalar'>, options: OrderOptions = {}): QueryOrder<Row> {
  const dir = options.ascending === false ? 'desc' : 'asc';
  return freeze(options.nulls === undefined ? { by, dir } : { by, dir, nulls: options.nulls });
}
