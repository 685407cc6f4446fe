import type { ColumnKey } from '@holdfast/querier';
import type { CreatorSpec } from '../creation.js';
import type { ConflictTarget } from './conflict-target.js';

/** A row to create, or to change where it is there already. */
export interface UpserterSpec<Row> extends CreatorSpec<Row>, UpsertRule<Row> {}

/** How an upsert finds the row that is there, and what it changes of it. */
export interface UpsertRule<Row> {
  /** Default: the `conflictTarget` of the entity's definition, else the primary key. */
  readonly conflictTarget?: ConflictTarget<Row>;
  /**
   * The columns to change, to the values given. Default: all that are given, but for the target's, the key, those that
   * the scope stamps, and those that say who created the row and when. An empty list leaves the row as it is.
   */
  readonly update?: readonly ColumnKey<Row>[];
}
