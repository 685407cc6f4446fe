import { InvalidInput } from '@holdfast/errors';
import type { QueryCondition } from './condition.js';
import type { ColumnShape, EntityShape } from '../entity/entity-shape.js';
import { checkSize, type QueryLimits, tooDeep, tooManyParts } from '../plain-data/limits.js';
import { operatorOf } from './operators.js';
import { originOf } from '../plain-data/origin.js';
import { plainObject } from '../plain-data/plain-object.js';
import type { SqlWriter } from '../entity/sql-writer.js';

/** What is carried along while one condition is compiled. */
interface Walk {
  readonly shape: EntityShape;
  readonly writer: SqlWriter;
  readonly limits: QueryLimits;
  nodes: number;
}

/**
 * A condition as SQL that is TRUE or not TRUE of each row, never wider than asked for. Columns are taken in alphabetical
 * order, so that equal conditions have equal text; what is no condition at all is exactly `TRUE`, however it is nested.
 * Throws InvalidInput with a JSON pointer from `pointer` on, or the pointer of the request that the part was read from.
 */
export function compileCondition<Row>(
  shape: EntityShape,
  condition: QueryCondition<Row>,
  writer: SqlWriter,
  limits: QueryLimits,
  pointer = '',
): string {
  return group({ shape, writer, limits, nodes: 0 }, condition, pointer, 0);
}

function group(walk: Walk, condition: unknown, pointer: string, depth: number): string {
  const members = entriesOf(condition, pointer);
  if (depth > walk.limits.maxDepth) throw tooDeep(walk.limits, pointer);
  if (depth > 0) countNode(walk, pointer);
  const before = walk.writer.values.length;
  const parts = members.map(([name, member]) => {
    const at = `${pointer}/${escapePointer(name)}`;
    if (name === 'and' || name === 'or') return list(walk, name, member, at, depth);
    if (name === 'not') return negated(group(walk, member, at, depth + 1));
    const column = walk.shape.columns.get(name);
    if (column === undefined) throw new InvalidInput('UNKNOWN_FIELD', `There is no field ${name}.`, at);
    return comparisons(walk, column, member, at);
  });
  return joined(walk.writer, before, parts, 'and');
}

function list(walk: Walk, glue: 'and' | 'or', members: unknown, pointer: string, depth: number): string {
  if (!Array.isArray(members)) throw new InvalidInput('INVALID_VALUE', 'A list of conditions is needed here.', pointer);
  const before = walk.writer.values.length;
  // Not `members.map`: it would leave holes.
  const parts = Array.from(members, (one, index) => group(walk, one, `${pointer}/${index}`, depth + 1));
  const sql = joined(walk.writer, before, parts, glue);
  return sql === 'TRUE' || sql === 'FALSE' ? sql : `(${sql})`;
}

/** Parts joined, with constants folded: what says nothing is left out, and what says it all stands alone. */
function joined(writer: SqlWriter, before: number, parts: readonly string[], glue: 'and' | 'or'): string {
  const [neutral, final] = glue === 'and' ? ['TRUE', 'FALSE'] : ['FALSE', 'TRUE'];
  if (parts.includes(final)) {
    writer.values.length = before; // PostgreSQL refuses parameters that are not used.
    return final;
  }
  const said = parts.filter((part) => part !== neutral);
  if (said.length === 0) return neutral;
  return glue === 'and' ? said.join(' AND ') : said.map((part) => `(${part})`).join(' OR ');
}

function negated(sql: string): string {
  if (sql === 'TRUE') return 'FALSE';
  return sql === 'FALSE' ? 'TRUE' : `(${sql}) IS NOT TRUE`;
}

function comparisons(walk: Walk, column: ColumnShape, operands: unknown, pointer: string): string {
  const entries = entriesOf(operands, pointer);
  if (entries.length === 0) throw new InvalidInput('MISSING_VALUE', `${column.property} has no operator.`, pointer);
  const parts = entries.map(([name, operand]) => {
    const at = originOf(operands, name, `${pointer}/${escapePointer(name)}`);
    const operator = operatorOf(name);
    if (operator === undefined || !operator.appliesTo(column)) {
      throw new InvalidInput('UNKNOWN_OPERATOR', `${column.property} has no operator ${name}.`, at);
    }
    countNode(walk, at);
    checkSize(walk.limits, operand, at);
    return operator.compile(column, operand, walk.writer, at);
  });
  return parts.join(' AND ');
}

function countNode(walk: Walk, pointer: string): void {
  if (++walk.nodes > walk.limits.maxNodes) throw tooManyParts(walk.limits, pointer);
}

/** The members of a plain object by name. What is undefined or null is no condition. */
function entriesOf(value: unknown, pointer: string): [string, unknown][] {
  const entries = Object.entries(plainObject(value, pointer));
  for (const [name, member] of entries) {
    if (member === undefined || member === null) {
      throw new InvalidInput('MISSING_VALUE', `${name} has no value.`, `${pointer}/${escapePointer(name)}`);
    }
  }
  return entries.length > 1 ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries;
}

/** One step of a JSON pointer (RFC 6901 §3). */
export function escapePointer(name: string): string {
  return /[~/]/.test(name) ? name.replaceAll('~', '~0').replaceAll('/', '~1') : name;
}
