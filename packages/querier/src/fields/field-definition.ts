import type { OperatorName } from '../condition/operators.js';
import type { ColumnKey } from '../entity/row-kinds.js';

/** How a request writes a field's values: as text, which is read as this. */
export type FieldType = 'text' | 'uuid' | 'integer' | 'number' | 'boolean' | 'timestamp';

/** What the outside may do with one field. Whatever is not said here cannot be probed. */
export interface FieldDefinition<Row> {
  readonly type: FieldType;
  /** The row's property. Default: the field's name. */
  readonly column?: ColumnKey<Row>;
  /** The values that there are, where they are few. */
  readonly values?: readonly string[];
  /** By which operators it may be filtered. Default none. */
  readonly operators?: readonly OperatorName[];
  /** Whether it may be ordered by. Default false. */
  readonly order?: boolean;
}

export type FieldDefinitions<Row> = Readonly<Record<string, FieldDefinition<Row>>>;
