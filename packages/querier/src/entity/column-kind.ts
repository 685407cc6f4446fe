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
  | 'enum'
  | 'interval'
  /** Text in a form of PostgreSQL's own, which PostgreSQL alone reads, compares and orders: `inet`, `timetz`, `char` … */
  | 'verbatim';
