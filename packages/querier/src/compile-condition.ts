import { InvalidInput } from '@holdfast/errors';
import type { QueryCondition } from './condition.js';
import type { ColumnShape, EntityShape } from './entity-shape.js';
import type { QueryLimits } from './limits.js';
import { operators } from './operators.js';
import type { SqlWriter } from './sql-writer.js';

/** What is carried along while one condition is compiled. */
interface Walk {
  readonly shape: EntityShape;
  readonly writer: SqlWriter;
  readonly limits: QueryLimits;
  nodes: number;
}

/**
 * A condition as SQL that is TRUE or not TRUE of each row, never wider than asked for. Columns are taken in alphabetical
 * order, so that equal conditions have equal text. Throws InvalidInput with a JSON pointer from `pointer` on.
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
  if (depth > walk.limits.maxDepth) {
    throw new InvalidInput('LIMIT_EXCEEDED', `Conditions nest at most ${walk.limits.maxDepth} deep.`, pointer);
  }
  const parts = members.map(([name, member]) => {
    const at = `${pointer}/${escapePointer(name)}`;
    if (name === 'and') return joined(walk, member, at, depth, ' AND ', 'TRUE');
    if (name === 'or') return joined(walk, member, at, depth, ' OR ', 'FALSE');
    if (name === 'not') return `(${group(walk, member, at, depth + 1)}) IS NOT TRUE`;
    const column = walk.shape.columns.get(name);
    if (column === undefined) throw new InvalidInput('UNKNOWN_FIELD', `There is no field ${name}.`, at);
    return comparisons(walk, column, member, at);
  });
  return conjunction(parts);
}

function joined(walk: Walk, list: unknown, pointer: string, depth: number, glue: string, none: string): string {
  if (!Array.isArray(list)) throw new InvalidInput('INVALID_VALUE', 'A list of conditions is needed here.', pointer);
  if (list.length === 0) return none;
  return `(${list.map((one, index) => `(${group(walk, one, `${pointer}/${index}`, depth + 1)})`).join(glue)})`;
}

function comparisons(walk: Walk, column: ColumnShape, operands: unknown, pointer: string): string {
  const parts = entriesOf(operands, pointer).map(([name, operand]) => {
    const at = `${pointer}/${escapePointer(name)}`;
    const operator = Object.hasOwn(operators, name) ? operators[name] : undefined;
    if (operator === undefined || !operator.appliesTo(column)) {
      throw new InvalidInput('UNKNOWN_OPERATOR', `${column.property} has no operator ${name}.`, at);
    }
    countNode(walk, operand, at);
    return operator.compile(column, operand, walk.writer, at);
  });
  return conjunction(parts);
}

function countNode(walk: Walk, operand: unknown, pointer: string): void {
  const { maxNodes, maxListLength, maxTextLength } = walk.limits;
  if (++walk.nodes > maxNodes) {
    throw new InvalidInput('LIMIT_EXCEEDED', `A condition has at most ${maxNodes} parts.`, pointer);
  }
  if (Array.isArray(operand) && operand.length > maxListLength) {
    throw new InvalidInput('LIMIT_EXCEEDED', `A list has at most ${maxListLength} elements.`, pointer);
  }
  if (typeof operand === 'string' && operand.length > maxTextLength) {
    throw new InvalidInput('LIMIT_EXCEEDED', `A text has at most ${maxTextLength} characters.`, pointer);
  }
}

/** The own members of a plain object by name. What is inherited, undefined or null is no condition. */
function entriesOf(value: unknown, pointer: string): [string, unknown][] {
  if (typeof value !== 'object' || value === null || Array.isArray(value) || value instanceof Date) {
    throw new InvalidInput('INVALID_VALUE', 'An object is needed here.', pointer);
  }
  const entries = Object.entries(value);
  for (const [name, member] of entries) {
    if (member === undefined || member === null) {
      throw new InvalidInput('MISSING_VALUE', `${name} has no value.`, `${pointer}/${escapePointer(name)}`);
    }
  }
  return entries.length > 1 ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries;
}

function conjunction(parts: readonly string[]): string {
  return parts.length === 0 ? 'TRUE' : parts.join(' AND ');
}

/** One step of a JSON pointer (RFC 6901 §3). */
export function escapePointer(name: string): string {
  return name.replaceAll('~', '~0').replaceAll('/', '~1');
}
