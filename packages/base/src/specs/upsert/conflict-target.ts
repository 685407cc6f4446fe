import { InvalidInput, Misuse } from '@holdfast/errors';
import type { ColumnKey } from '@holdfast/querier';
import type { EntityMapping, MappedColumn } from '../../entity/entity-mapping.js';

/** The unique index by which an upsert finds that a row is there already (PostgreSQL: INSERT, conflict_target). */
export interface ConflictTarget<Row> {
  /** The columns of the index. */
  readonly columns: readonly ColumnKey<Row>[];
  /** The predicate of a partial index, in SQL, as its definition has it, e.g. `deleted_at IS NULL`. Never from a request. */
  readonly where?: string;
}

/** A conflict target made ready for one entity. */
export interface CompiledTarget {
  readonly columns: readonly MappedColumn[];
  /** What stands behind ON CONFLICT. */
  readonly sql: string;
  /** Which rows the index is of, as SQL; TRUE for all. */
  readonly predicate: string;
}

/** The target as SQL; the primary key where none is named. */
export function compileConflictTarget<Row>(
  mapping: EntityMapping,
  target: ConflictTarget<Row> | undefined,
): CompiledTarget {
  const columns = target === undefined ? mapping.primaryKey : target.columns.map((name) => mapping.column(name));
  if (columns.length === 0) throw new Misuse(`A conflict target of ${mapping.name} has no columns.`);
  const names = `(${columns.map(({ sql }) => sql).join(', ')})`;
  if (target?.where === undefined) return { columns, sql: names, predicate: 'TRUE' };
  return { columns, sql: `${names} WHERE ${target.where}`, predicate: `(${target.where})` };
}

/** Throws InvalidInput where a row does not give what it is to be found by. */
export function checkIsGiven(columns: readonly MappedColumn[], given: readonly MappedColumn[], pointer: string): void {
  const missing = columns.find((column) => !given.includes(column));
  if (missing === undefined) return;
  const message = `An upsert finds its row by ${missing.property}, which is not given.`;
  throw new InvalidInput('MISSING_VALUE', message, `${pointer}/${missing.property}`);
}
