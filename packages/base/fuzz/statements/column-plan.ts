import type { Cell } from './cell.js';
import type { FuzzedType } from './fuzzed-type.js';

/**
 * What a column is for. `value`: whatever a case puts there. `fixed`: TypeORM may neither insert nor update it.
 * `computed`: the database makes it of another.
 */
export type ColumnRole =
  'key' | 'tenant' | 'value' | 'fixed' | 'computed' | 'version' | 'createDate' | 'updateDate' | 'deleteDate';

/** A column of an entity that was made at random. */
export interface ColumnPlan {
  /** Of a column of an embedded object, behind that object's name and a dot. */
  readonly property: string;
  /** Its name in the table; null where the naming strategy gives it one. */
  readonly name: string | null;
  readonly role: ColumnRole;
  readonly type: FuzzedType;
  readonly array: boolean;
  readonly nullable: boolean;
  /** Whether reads leave it out. */
  readonly hidden: boolean;
  /** What it holds where nobody gives a value. */
  readonly default: Cell | null;
  /** Who makes the values of a key, if not the program. */
  readonly generated: Generated | null;
}

export type Generated = 'uuid' | 'increment' | 'identity' | 'identity always';
