import type { EntitySchemaColumnOptions } from 'typeorm';
import type { OracleColumn, OracleKind } from '../../../querier/test/oracle/oracle-entity.js';

/** One column of the tables that are fuzzed, as TypeORM and the oracle know it, with what its rows hold. */
export interface FuzzedColumn {
  readonly options: EntitySchemaColumnOptions;
  readonly oracle: OracleColumn;
  /** What rows hold; few, so that operands meet them. Elements, for an array. */
  readonly values: readonly unknown[];
}

type Type = NonNullable<EntitySchemaColumnOptions['type']>;

/** A column by type; `more` says what else there is to it. Texts are ordered by code point, which every server knows. */
export function fuzzedColumn(
  type: Type,
  kind: OracleKind,
  values: readonly unknown[],
  more: Partial<EntitySchemaColumnOptions> = {},
): FuzzedColumn {
  const labels = more.enum === undefined ? [] : (more.enum as readonly string[]);
  return {
    options: { type, ...(kind === 'text' ? { collation: 'C' } : {}), ...more },
    oracle: { kind, array: more.array === true, labels },
    values,
  };
}

/** The columns under names that no request could know, which no refusal may tell. */
export function columnOptions(
  columns: Readonly<Record<string, FuzzedColumn>>,
): Record<string, EntitySchemaColumnOptions> {
  return Object.fromEntries(
    Object.entries(columns).map(([property, { options }]) => [
      property,
      { ...options, name: `${DATABASE_PREFIX}${property.toLowerCase()}` },
    ]),
  );
}

/** What the names of tables, columns and types begin with. */
export const DATABASE_PREFIX = 'zq_';
