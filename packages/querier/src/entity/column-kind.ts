/** How a column's value travels and compares. */
export type ColumnKind =
  | 'text'
  | 'uuid'
  | 'smallint'
  | 'integer'
  | 'bigint'
  | 'numeric'
  | 'float'
  | 'boolean'
  | 'timestamptz'
  | 'timestamp'
  | 'date'
  | 'time'
  | 'json'
  | 'jsonb'
  | 'bytea'
  | 'enum';
