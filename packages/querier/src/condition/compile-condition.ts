import { InvalidInput } from '@holdfast/errors';
import { type ColumnShape, type EntityShape, type RelationShape } from '../entity/entity-shape.js';
import { columnOf, ownRows, type RowSource } from '../entity/row-source.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import { escapePointer } from '../plain-data/escape-pointer.js';
import { checkSize, type QueryLimits, tooDeep, tooManyParts } from '../plain-data/limits.js';
import { originOf } from '../plain-data/origin.js';
import { plainObject } from '../plain-data/plain-object.js';
import { shown } from '../plain-data/shown.js';
import type { QueryCondition } from './condition.js';
import { both, joinRelated } from './join-related.js';
import { operatorOf } from './operators.js';
import type { RelatedRows } from './related-rows.js';

/** What is carried along while one condition is compiled. */
interface Walk {
  readonly writer: SqlWriter;
  readonly limits: QueryLimits;
  nodes: number;
}

/** Whose columns and relations the names of a group are. */
interface Place {
  readonly rows: RowSource;
  readonly related: RelatedRows;
}

/**
 * A condition as SQL that is TRUE or not TRUE of each row, never wider than asked for. Columns are taken in alphabetical
 * order, so that equal conditions have equal text; what is no condition at all is exactly `TRUE`, however it is nested.
 * Throws InvalidInput with a JSON pointer from `pointer` on, or the pointer of the request that the part was read from.
 */
export function compileCondition<Row>(
  source: EntityShape | RowSource,
  condition: QueryCondition<Row>,
  related: RelatedRows,
  writer: SqlWriter,
  limits: QueryLimits,
  pointer = '',
): string {
  const rows = 'qualifier' in source ? source : ownRows(source);
  return group({ writer, limits, nodes: 0 }, { rows, related }, condition, pointer, 0);
}

function group(walk: Walk, place: Place, condition: unknown, pointer: string, depth: number): string {
  const members = entriesOf(condition, pointer);
  if (depth > walk.limits.maxDepth) throw tooDeep(walk.limits, pointer);
  if (depth > 0) countNode(walk, pointer);
  const before = walk.writer.values.length;
  const parts = members.map(([name, member]) => {
    const at = `${pointer}/${escapePointer(name)}`;
    if (name === 'and' || name === 'or') return list(walk, place, name, member, at, depth);
    if (name === 'not') return negated(group(walk, place, member, at, depth + 1));
    return property(walk, place, name, member, at, depth);
  });
  return joined(walk.writer, before, parts, 'and');
}

/** A condition on one property: a column's, a relation's, or that of an embedded object with more of them. */
function property(walk: Walk, place: Place, path: string, member: unknown, pointer: string, depth: number): string {
  const { shape } = place.rows;
  const column = shape.columns.get(path);
  if (column !== undefined) return comparisons(walk, columnOf(place.rows, column), member, pointer);
  const relation = shape.relations.get(path);
  if (relation !== undefined) return relations(walk, place, relation, member, pointer, depth);
  if (!shape.embedded.has(path)) {
    throw new InvalidInput('UNKNOWN_FIELD', `There is no field ${shown(path)}.`, pointer);
  }
  const members = entriesOf(member, pointer);
  if (members.length === 0) throw new InvalidInput('MISSING_VALUE', `${path} has no condition.`, pointer);
  const before = walk.writer.values.length;
  const parts = members.map(([name, one]) =>
    property(walk, place, `${path}.${name}`, one, `${pointer}/${escapePointer(name)}`, depth),
  );
  return joined(walk.writer, before, parts, 'and');
}

function list(walk: Walk, place: Place, glue: 'and' | 'or', members: unknown, pointer: string, depth: number): string {
  if (!Array.isArray(members)) throw new InvalidInput('INVALID_VALUE', 'A list of conditions is needed here.', pointer);
  const before = walk.writer.values.length;
  // Not `members.map`: it would leave holes.
  const parts = Array.from(members, (one, index) => group(walk, place, one, `${pointer}/${index}`, depth + 1));
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
  const parts = operatorsIn(operands, column.property, pointer).map(([name, operand]) => {
    const at = originOf(operands, name, `${pointer}/${escapePointer(name)}`);
    const operator = operatorOf(name);
    if (operator === undefined || !operator.appliesTo(column)) {
      const isConverted = column.type.conversion !== undefined;
      throw unknownOperator(column.property, name, at, isConverted ? ': other values are stored than rows hold' : '');
    }
    countNode(walk, at);
    checkSize(walk.limits, operand, at);
    return operator.compile(column, operand, walk.writer, at);
  });
  return parts.join(' AND ');
}

function relations(
  walk: Walk,
  place: Place,
  relation: RelationShape,
  operands: unknown,
  pointer: string,
  depth: number,
): string {
  const before = walk.writer.values.length;
  const parts = operatorsIn(operands, relation.property, pointer).map(([name, operand]) => {
    const at = originOf(operands, name, `${pointer}/${escapePointer(name)}`);
    countNode(walk, at);
    const exists = (wanted: (sql: string) => string, condition: unknown = operand): string =>
      existence(walk, place, relation, wanted, condition, at, depth);
    if (relation.many && name === 'some') return exists(asIs);
    if (relation.many && name === 'none') return opposite(exists(asIs));
    if (relation.many && name === 'every') return opposite(exists(negated));
    if (!relation.many && name === 'is') return exists(asIs);
    if (!relation.many && name === 'exists') {
      if (typeof operand !== 'boolean') throw new InvalidInput('INVALID_VALUE', 'true or false is needed here.', at);
      return operand ? exists(asIs, {}) : opposite(exists(asIs, {}));
    }
    throw unknownOperator(relation.property, name, at);
  });
  return joined(walk.writer, before, parts, 'and');
}

/** Whether there is a visible row behind a relation that meets a condition. */
function existence(
  walk: Walk,
  place: Place,
  relation: RelationShape,
  wanted: (sql: string) => string,
  condition: unknown,
  pointer: string,
  depth: number,
): string {
  const before = walk.writer.values.length;
  const { rows, from, link, visible, related } = joinRelated(place.rows, relation, place.related, walk.writer, pointer);
  const met = wanted(group(walk, { rows, related }, condition, pointer, depth + 1));
  if (met === 'FALSE') {
    walk.writer.values.length = before;
    return 'FALSE';
  }
  return `EXISTS (SELECT FROM ${from} WHERE ${both([link, visible, met])})`;
}

function asIs(sql: string): string {
  return sql;
}

/** Not of what is never NULL. */
function opposite(sql: string): string {
  return sql === 'FALSE' ? 'TRUE' : `NOT ${sql}`;
}

function operatorsIn(operands: unknown, property: string, pointer: string): [string, unknown][] {
  const entries = entriesOf(operands, pointer);
  if (entries.length === 0) throw new InvalidInput('MISSING_VALUE', `${property} has no operator.`, pointer);
  return entries;
}

function unknownOperator(property: string, operator: string, pointer: string, reason = ''): InvalidInput {
  return new InvalidInput('UNKNOWN_OPERATOR', `${property} has no operator ${shown(operator)}${reason}.`, pointer);
}

function countNode(walk: Walk, pointer: string): void {
  if (++walk.nodes > walk.limits.maxNodes) throw tooManyParts(walk.limits, pointer);
}

/** The members of a plain object by name. What is undefined or null is no condition. */
function entriesOf(value: unknown, pointer: string): [string, unknown][] {
  const entries = Object.entries(plainObject(value, pointer));
  for (const [name, member] of entries) {
    if (member === undefined || member === null) {
      throw new InvalidInput('MISSING_VALUE', `${shown(name)} has no value.`, `${pointer}/${escapePointer(name)}`);
    }
  }
  return entries.length > 1 ? entries.sort(([a], [b]) => (a < b ? -1 : 1)) : entries;
}
