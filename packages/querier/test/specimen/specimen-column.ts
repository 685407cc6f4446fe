import { columnType, type ColumnType, enumColumnType } from '../../src/index.js';
import type { OracleColumn, OracleKind } from '../oracle/oracle-entity.js';

/** A column as the oracle, the compiler and CREATE TABLE know it. */
export interface SpecimenColumn extends OracleColumn {
  readonly type: ColumnType;
  readonly ddl: string;
  readonly nullable: boolean;
}

const kinds: Readonly<Record<string, OracleKind>> = {
  text: 'text',
  varchar: 'text',
  uuid: 'uuid',
  smallint: 'integer',
  integer: 'integer',
  bigint: 'integer',
  numeric: 'numeric',
  real: 'real',
  float8: 'double',
  boolean: 'boolean',
  timestamptz: 'instant',
  timestamp: 'local',
  date: 'day',
  time: 'time',
  bytea: 'bytes',
  json: 'json',
  jsonb: 'json',
};

/** A column by its SQL name, with `[]` for an array; NOT NULL unless `?` follows. */
export function specimenColumn(spec: string): SpecimenColumn {
  const [, name, brackets, mark] = /^(\w+)(\[\])?(\?)?$/.exec(spec)!;
  const array = brackets !== undefined;
  const kind = kinds[name!]!;
  const collated = kind === 'text' ? ' COLLATE "C"' : '';
  const nullable = mark !== undefined;
  const ddl = `${name}${brackets ?? ''}${collated}${nullable ? '' : ' NOT NULL'}`;
  return { kind, array, labels: [], type: columnType(name!, { array }), ddl, nullable };
}

/** A nullable column of an enum type. */
export function specimenEnum(name: string, labels: readonly string[], array = false): SpecimenColumn {
  const ddl = `${name}${array ? '[]' : ''}`;
  return { kind: 'enum', array, labels, type: enumColumnType(name, { array }), ddl, nullable: true };
}
