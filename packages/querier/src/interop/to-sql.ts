import type { EntityShape } from '../entity/entity-shape.js';
import type { CursorCodec } from '../page/cursor-codec.js';
import type { Page } from '../page/page.js';
import type { QueryLimits } from '../plain-data/limits.js';
import type { Scope } from '../scope/scope.js';
import { assemblePage } from '../search/assemble-page.js';
import type { BatchQuerier } from '../search/batch-querier.js';
import { compileSearch } from '../search/compile-search.js';
import { readRows } from './read-rows.js';
import { refuseExistenceChecks } from './refuse-existence-checks.js';
import { restrictionOf } from './restriction-of.js';

export interface ToSqlOptions {
  /** Signs the cursors. Without one, pages by cursor are refused, and others have none. */
  readonly cursors?: CursorCodec;
  /** SQL that every row must meet besides; columns as in the table, no parameters. */
  readonly restriction?: string;
  /** Whether rows are seen that the shape's `deletedAt` says are deleted. Default false. */
  readonly includeDeleted?: boolean;
  readonly limits?: QueryLimits;
}

/** A search as one statement, for whatever client of PostgreSQL. */
export interface SqlSearch<Row> {
  readonly text: string;
  /** In PostgreSQL's text form; the text says their types. Frozen, which pg's types have no word for. */
  readonly values: (string | null)[];
  /** The page, made of what came back: objects by the names of the columns, as pg gives them. Items are frozen. */
  toPage(rows: readonly object[]): Page<Row>;
  toPage<Data>(rows: readonly object[], toData: (row: Row) => Data): Page<Data>;
}

/**
 * A search as text and values for `client.query` of pg. The scope is part of it whatever is asked for, and its cursors are
 * exact to the microsecond in a session of any TimeZone, DateStyle or bytea_output, whatever pg makes of the columns:
 * their values travel as text of their own. Only `extra_float_digits` must not be below its default of 1 where floats are
 * ordered by. Throws InvalidInput, and Misuse for a scope with existence checks.
 */
export function toSql<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  batchQuerier: BatchQuerier<Row>,
  options: ToSqlOptions = {},
): SqlSearch<Row> {
  refuseExistenceChecks(scope);
  const { cursors = null, limits } = options;
  const restriction = restrictionOf(shape, options);
  const context = { restriction, cursors, rendersKeys: true, ...(limits === undefined ? {} : { limits }) };
  const statement = compileSearch(shape, scope, batchQuerier, context);
  return Object.freeze<SqlSearch<Row>>({
    text: statement.sql,
    values: Object.freeze([...statement.values]) as (string | null)[],
    toPage<Data>(rows: readonly object[], toData: (row: Row) => Data = asItIs): Page<Data> {
      return assemblePage(statement, readRows(shape, statement, rows, toData));
    },
  });
}

const asItIs = <Row, Data>(row: Row): Data => row as unknown as Data;
