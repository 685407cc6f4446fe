/** How a column's values compare in PostgreSQL, in words of this oracle's own. */
export type OracleKind =
  | 'text'
  | 'uuid'
  | 'integer'
  | 'numeric'
  | 'double'
  | 'real'
  | 'boolean'
  | 'enum'
  | 'instant'
  | 'local'
  | 'day'
  | 'time'
  | 'bytes'
  | 'json';

export interface OracleColumn {
  readonly kind: OracleKind;
  readonly array: boolean;
  /** Of an enum, in the order of their declaration. */
  readonly labels: readonly string[];
}

/** Properties that must be equal for two rows to belong together. */
export type OraclePairs = readonly (readonly [own: string, other: string])[];

export interface OracleRelation {
  readonly many: boolean;
  readonly target: OracleEntity;
  readonly on: OraclePairs;
  /** The table in between by its name in the world, and the pairs from it to the row behind. */
  readonly junction: { readonly table: string; readonly on: OraclePairs } | null;
}

export interface OracleEntity {
  /** Where its rows are in the world. */
  readonly name: string;
  readonly columns: Readonly<Record<string, OracleColumn>>;
  readonly relations: Readonly<Record<string, OracleRelation>>;
  readonly primaryKey: readonly string[];
}

/** A row in memory: values in any form that a condition's operand may have, or null. */
export type OracleRow = Readonly<Record<string, unknown>>;

/** All rows there are, by the name of their entity or junction. */
export type OracleWorld = Readonly<Record<string, readonly OracleRow[]>>;
