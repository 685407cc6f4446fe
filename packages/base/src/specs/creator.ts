import { type HoldfastError, InvalidInput, Misuse } from '@holdfast/errors';
import { encodeValue, escapePointer, plainObject, type Scope, SqlWriter, stampedValues } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../entity/entity-mapping.js';
import { UniqueViolation } from '../errors/database-error.js';
import { checkedIntegrityError, type IntegrityErrorCheck } from '../errors/integrity-error-check.js';
import { dataOf, type EntityDefinition, type Insertable } from './entity-definition.js';
import { type StatementWrite, writeSpec } from './spec.js';

/** A row to create. Columns that are absent get their default from the database, or from the scope. */
export interface CreatorSpec<Row> {
  readonly values: Insertable<Row>;
  readonly integrityErrorChecks?: readonly IntegrityErrorCheck[];
}

/** Creates one row in the scope, stamped with it: the seeds' Creator. */
export function creator<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  scope: Scope<Row>,
  spec: CreatorSpec<Row>,
): StatementWrite<Data> {
  return writeSpec('create', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const names: string[] = [];
    const parameters: string[] = [];
    for (const [column, text] of encodedRow(mapping, stampedValues(scope, plainObject(spec.values, '/values')), '')) {
      names.push(column.sql);
      parameters.push(writer.text(text, castOf(column)));
    }
    const row = names.length === 0 ? 'DEFAULT VALUES' : `(${names.join(', ')}) VALUES (${parameters.join(', ')})`;
    return {
      statement: mapping.returningRows(`INSERT INTO ${mapping.table} ${row} RETURNING ${mapping.list}`),
      values: writer.values,
      finish({ rows }) {
        if (rows[0] === undefined) throw new Misuse(`${mapping.name}: the database did not store the row.`);
        return dataOf(definition, rows[0]);
      },
      failure: (error) => creationFailure(definition, mapping, [spec], error),
    };
  });
}

/** The columns that a row gives, with their values in text form. Throws InvalidInput for what cannot be stored. */
export function encodedRow(
  mapping: EntityMapping,
  values: object,
  pointer: string,
): readonly (readonly [MappedColumn, string | null])[] {
  const encoded: (readonly [MappedColumn, string | null])[] = [];
  for (const [property, value] of Object.entries(values)) {
    if (value === undefined) continue;
    const at = `${pointer}/${escapePointer(property)}`;
    const column = mapping.columns.get(property);
    if (column === undefined || !column.insertable) {
      throw new InvalidInput('UNKNOWN_FIELD', `${property} cannot be given to a new row.`, at);
    }
    encoded.push([column, value === null ? null : encodeValue(column.type, value, at)]);
  }
  for (const column of mapping.versions) {
    if (!encoded.some(([given]) => given === column)) encoded.push([column, '1']);
  }
  return encoded;
}

/** The type to cast a parameter of the column to. */
export function castOf({ type }: MappedColumn): string {
  return type.array ? `${type.sql}[]` : type.sql;
}

/** The domain's error for rows that could not be created: of the first check that fits, else of a key that is taken. */
export function creationFailure<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  mapping: EntityMapping,
  specs: readonly CreatorSpec<Row>[],
  error: HoldfastError,
): HoldfastError {
  const checks = specs.flatMap(({ integrityErrorChecks = [] }) => integrityErrorChecks);
  const checked = checkedIntegrityError(error, [...checks, ...(definition.integrityErrorChecks ?? [])]);
  if (checked !== error || !(error instanceof UniqueViolation) || !isKeyTaken(mapping, error)) return checked;
  const exists = definition.alreadyExists(specs.length === 1 ? specs[0]!.values : null);
  exists.cause ??= error;
  return exists;
}

/** The primary key as the entity, PostgreSQL or TypeORM names it. */
function isKeyTaken({ primaryKeyName }: EntityMapping, { constraint, table }: UniqueViolation): boolean {
  if (constraint === null) return false;
  if (primaryKeyName !== null) return constraint === primaryKeyName;
  return constraint === `${table}_pkey` || constraint.startsWith('PK_');
}
