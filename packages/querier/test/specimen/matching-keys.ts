import { compileFilter, type QueryCondition, type Scope, SqlWriter, unscoped } from '../../src/index.js';
import type { OracleRow } from '../oracle/oracle-entity.js';
import type { RunStatement } from './specimen-database.js';
import { columnName, shapeOf } from './specimen-shapes.js';
import type { SpecimenEntity } from './specimens.js';

const everyone = unscoped('the oracle looks at rows, and at scopes where a test says so');

/** A row's primary key as one text. */
export function keyOf(entity: SpecimenEntity, row: OracleRow): string {
  return entity.primaryKey.map((property) => String(row[property])).join(' ');
}

/** For each condition the keys of the rows that PostgreSQL says it matches, sorted; all in one statement. */
export async function matchingKeys(
  run: RunStatement,
  entity: SpecimenEntity,
  conditions: readonly unknown[],
  scope: Scope<OracleRow> = everyone,
): Promise<readonly (readonly string[])[]> {
  const shape = shapeOf(entity);
  const writer = new SqlWriter();
  const marks = conditions.map((condition) => {
    const { sql } = compileFilter(shape, scope, [condition as QueryCondition<OracleRow>], null, writer);
    return `(${sql}) IS TRUE`;
  });
  const key = entity.primaryKey.map(columnName).join(" || ' ' || ");
  const sql = `SELECT ${[key, ...marks].join(', ')} FROM ${shape.table}`;
  const rows = await run(sql, writer.values);
  return conditions.map((_, index) =>
    rows
      .filter((row) => row[index + 1] === 't')
      .map(([first]) => first!)
      .sort(),
  );
}
