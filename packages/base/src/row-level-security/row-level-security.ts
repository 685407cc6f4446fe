import { Misuse } from '@holdfast/errors';
import type { ColumnKey, PathOfKind } from '@holdfast/querier';
import type { DataSource, EntityTarget } from 'typeorm';
import { EntityCatalog } from '../entity/entity-catalog.js';
import { type PolicyStatements, policyStatements } from './policy-statements.js';

/** Which entity's table is under row-level security, and by which columns. */
export interface RowLevelSecurityArgs<Row extends object> {
  readonly entity: EntityTarget<Row>;
  /** For each scope, by its name: the column that says whose a row is. Related tables call their scopes the same. */
  readonly scopes: Readonly<Record<string, ColumnKey<Row> | PathOfKind<Row, 'scalar'>>>;
}

/**
 * That the table of an entity is under row-level security of PostgreSQL: the second wall, behind the conditions that
 * every scope brings along anyway. As part of an EntityDefinition it makes every spec of the entity say whose rows it
 * may touch; the policy that heeds this is made by a migration of `statements()`.
 */
export class RowLevelSecurity<Row extends object> {
  readonly entity: EntityTarget<Row>;
  readonly scopes: Readonly<Record<string, ColumnKey<Row> | PathOfKind<Row, 'scalar'>>>;

  constructor({ entity, scopes }: RowLevelSecurityArgs<Row>) {
    if (Object.keys(scopes).length === 0) throw new Misuse('Row-level security without a scope would hide every row.');
    this.entity = entity;
    this.scopes = Object.freeze({ ...scopes });
    Object.freeze(this);
  }

  /** The SQL of a migration, for the entity as this DataSource maps it. To be kept as text: migrations do not change. */
  statements(dataSource: DataSource): PolicyStatements {
    return policyStatements(new EntityCatalog(dataSource, null).mappingOf(this.entity), this.scopes);
  }
}

/** Declares row-level security: `rowLevelSecurity<SessionRow>({ entity: SessionRow, scopes: { user: 'userUuid' } })`. */
export function rowLevelSecurity<Row extends object>(args: RowLevelSecurityArgs<Row>): RowLevelSecurity<Row> {
  return new RowLevelSecurity(args);
}
