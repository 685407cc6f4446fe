import { columnType, type ColumnShape, SqlWriter } from '@holdfast/querier';
import type { EntityMapping } from '../../entity/entity-mapping.js';
import { everybodysRows } from '../../row-level-security/row-scope-settings.js';
import type { RowFormat } from '../../wire/row-decoder.js';
import { type EntityDefinition } from '../entity-definition.js';
import { type StatementWrite, writeSpec } from '../spec.js';
import { type ConflictCheck, referringRow } from './conflict-check.js';

const first: ColumnShape = { property: 'first', sql: 'first', type: columnType('int'), nullable: true };
const format: RowFormat = { columns: [first], extra: [], keys: [], leads: 0 };

/** Throws the error of the first check, as declared, that some row of the target is in conflict with: one statement. */
export function checkConflicts<Row extends object, Data, Id>(
  definition: EntityDefinition<Row, Data, Id>,
  checks: readonly ConflictCheck[],
  compileWhere: (mapping: EntityMapping, writer: SqlWriter) => string,
): StatementWrite<void> {
  return writeSpec('purge', (catalog) => {
    const mapping = catalog.mappingOf(definition.entity);
    const writer = new SqlWriter();
    const where = compileWhere(mapping, writer);
    const cases = checks.map((check, i) => {
      const key = check.references === undefined ? mapping.key : mapping.column(check.references);
      const keys = `SELECT ${key.sql} FROM ${mapping.table} WHERE ${where}`;
      return `WHEN ${referringRow(check, keys, writer)} THEN ${i}`;
    });
    return {
      statement: mapping.returning(`SELECT CASE ${cases.join(' ')} END AS first`, format),
      values: writer.values,
      writes: false,
      // Whoever refers to the row does so whoever asks; the rows themselves are in the scope, as the caller has seen to.
      ahead: { settings: everybodysRows, checks: null },
      finish({ rows }) {
        const { first: index } = rows[0] as { readonly first: number | null };
        if (index !== null) throw checks[index]!.error();
      },
    };
  });
}
