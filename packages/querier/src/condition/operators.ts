import { InvalidInput } from '@holdfast/errors';
import {
  arrayLiteral,
  encodeElement,
  encodeValue,
  isOrderable,
  isTextual,
  type ColumnType,
} from '../entity/column-type.js';
import type { ColumnShape } from '../entity/entity-shape.js';
import { isJson as isJsonValue } from '../plain-data/is-json.js';
import { compileJsonPath } from './json-path.js';
import type { SqlWriter } from '../entity/sql-writer.js';

/** How one operator is written. Each result can stand in an AND without brackets. */
interface Operator {
  appliesTo(column: ColumnShape): boolean;
  /** Whether every row with a value meets this operand, or none does: an empty text, list or document. Absent: never. */
  saysNothing?(column: ColumnShape, operand: unknown): boolean;
  compile(column: ColumnShape, operand: unknown, writer: SqlWriter, pointer: string): string;
}

const isScalar = ({ type }: ColumnShape): boolean => !type.array && type.kind !== 'json' && type.kind !== 'jsonb';
// What is stored instead of a value has elements and members of its own.
const isArray = ({ type }: ColumnShape): boolean => type.array && type.conversion === undefined;
// PostgreSQL cannot compare values of json, only of jsonb.
const isComparedArray = (column: ColumnShape): boolean => isArray(column) && column.type.kind !== 'json';
// Not json: it would have to be cast, which may fail, and before the scope is asked: on another tenant's row.
const isJson = ({ type }: ColumnShape): boolean =>
  !type.array && type.kind === 'jsonb' && type.conversion === undefined;
const isRanged = ({ type }: ColumnShape): boolean =>
  isOrderable(type) && type.kind !== 'boolean' && type.kind !== 'bytea';
const isText = ({ type }: ColumnShape): boolean => isTextual(type);

const isEmptyText = ({ type }: ColumnShape, operand: unknown): boolean =>
  operand === '' || (type.conversion !== undefined && encodeValue(type, operand, '') === '');
const isEmptyList = (_column: ColumnShape, operand: unknown): boolean => Array.isArray(operand) && operand.length === 0;
const isEmptyDocument = (operand: unknown): boolean =>
  typeof operand === 'object' && operand !== null && Object.keys(operand).length === 0;

/** `column <symbol> value`. */
const comparison = (symbol: string, appliesTo: Operator['appliesTo']): Operator => ({
  appliesTo,
  compile: (column, operand, writer, at) => `${column.sql} ${symbol} ${writer.element(column.type, operand, at)}`,
});

/** `column <symbol> pattern`, where the user's wildcards are literal (PostgreSQL 9.7.1). */
const pattern = (symbol: string, before: string, after: string): Operator => ({
  appliesTo: isText,
  saysNothing: isEmptyText,
  compile(column, operand, writer, at) {
    const literal = text(operand, at).replace(/[\\%_]/g, '\\$&');
    return `${column.sql} ${symbol} ${writer.element(column.type, before + literal + after, at)}`;
  },
});

/** `column <symbol> array`. */
const listed = (symbol: string): Operator => ({
  appliesTo: isComparedArray,
  saysNothing: isEmptyList,
  compile: (column, operand, writer, at) => `${column.sql} ${symbol} ${writer.list(column.type, operand, at)}`,
});

/** One of two texts by a boolean. */
const choice = (
  appliesTo: Operator['appliesTo'],
  whenTrue: (sql: string) => string,
  whenFalse: (sql: string) => string,
): Operator => ({
  appliesTo,
  compile(column, operand, _writer, at) {
    if (typeof operand !== 'boolean') throw new InvalidInput('INVALID_VALUE', 'true or false is needed here.', at);
    return (operand ? whenTrue : whenFalse)(column.sql);
  },
});

const jsonb: ColumnType = { sql: 'jsonb', kind: 'jsonb', array: false };
const plainText: ColumnType = { sql: 'text', kind: 'text', array: false };

function text(operand: unknown, pointer: string): string {
  if (typeof operand !== 'string') throw new InvalidInput('INVALID_VALUE', 'A text is needed here.', pointer);
  return operand;
}

function json(operand: unknown, pointer: string): unknown {
  if (!isJsonValue(operand)) throw new InvalidInput('INVALID_VALUE', 'JSON is needed here.', pointer);
  return operand;
}

/**
 * A text under the column's collation, which says what is lower case (PostgreSQL 23.2.2): by itself it would have the
 * database's. The planner is left with the text alone, so that indexes serve.
 */
const collatedAs = (column: ColumnShape, sql: string): string => `CASE WHEN FALSE THEN ${column.sql} ELSE ${sql} END`;

/** Every operator by its name in a condition. */
export const operators = {
  eq: comparison('=', isScalar),
  ne: comparison('IS DISTINCT FROM', isScalar),
  // No text comes before the empty one.
  lt: { ...comparison('<', isRanged), saysNothing: isEmptyText },
  lte: comparison('<=', isRanged),
  gt: comparison('>', isRanged),
  gte: { ...comparison('>=', isRanged), saysNothing: isEmptyText },
  in: {
    appliesTo: isScalar,
    saysNothing: isEmptyList,
    compile: (column, operand, writer, at) => `${column.sql} = ANY(${writer.list(column.type, operand, at)})`,
  },
  notIn: {
    appliesTo: isScalar,
    saysNothing: isEmptyList,
    compile: (column, operand, writer, at) =>
      `(${column.sql} = ANY(${writer.list(column.type, operand, at)})) IS NOT TRUE`,
  },
  isNull: choice(
    () => true,
    (sql) => `${sql} IS NULL`,
    (sql) => `${sql} IS NOT NULL`,
  ),
  contains: {
    appliesTo: (column) => isText(column) || isJson(column),
    saysNothing: (column, operand) => (isJson(column) ? isEmptyDocument(operand) : isEmptyText(column, operand)),
    compile: (column, operand, writer, at) =>
      isJson(column)
        ? `${column.sql} @> ${writer.element(jsonb, json(operand, at), at)}`
        : pattern('LIKE', '%', '%').compile(column, operand, writer, at),
  },
  startsWith: {
    appliesTo: isText,
    saysNothing: isEmptyText,
    // Only texts have ^@; those of citext would be compared as texts.
    compile: (column, operand, writer, at) =>
      column.type.sql === 'citext'
        ? pattern('LIKE', '', '%').compile(column, operand, writer, at)
        : `${column.sql} ^@ ${writer.element(plainText, operand, at)}`,
  },
  endsWith: pattern('LIKE', '%', ''),
  ieq: {
    appliesTo: isText,
    compile: (column, operand, writer, at) =>
      `lower(${column.sql}) = lower(${collatedAs(column, writer.element(column.type, operand, at))})`,
  },
  iin: {
    appliesTo: isText,
    saysNothing: isEmptyList,
    // The server's own lower(), of both sides, and once for each text.
    compile: (column, operand, writer, at) =>
      `lower(${column.sql}) = ANY(ARRAY(SELECT lower(${collatedAs(column, '"#o"')}) FROM unnest(${writer.list(plainText, operand, at)}) "#o"))`,
  },
  icontains: pattern('ILIKE', '%', '%'),
  istartsWith: pattern('ILIKE', '', '%'),
  iendsWith: pattern('ILIKE', '%', ''),
  has: {
    appliesTo: isComparedArray,
    compile(column, operand, writer, at) {
      const only = arrayLiteral([encodeElement(column.type, operand, at)]);
      return `${column.sql} @> ${writer.text(only, `${column.type.sql}[]`)}`;
    },
  },
  hasAny: listed('&&'),
  hasAll: listed('@>'),
  isEmpty: choice(
    isArray,
    (sql) => `cardinality(${sql}) = 0`,
    (sql) => `cardinality(${sql}) > 0`,
  ),
  hasKey: {
    appliesTo: isJson,
    compile: (column, operand, writer, at) => `${column.sql} ? ${writer.element(plainText, operand, at)}`,
  },
  at: {
    appliesTo: isJson,
    // Its own operators have the names of those of columns.
    saysNothing: (column, operand) =>
      Object.entries(operand as object).some(([name, one]) => name !== 'path' && saysNothing(column, name, one)),
    compile: (column, operand, writer, at) => compileJsonPath(column.sql, operand, writer, at),
  },
} as const satisfies Readonly<Record<string, Operator>>;

export type OperatorName = keyof typeof operators;

/** The operator of a name, which may be any text. */
export function operatorOf(name: string): Operator | undefined {
  return Object.hasOwn(operators, name) ? operators[name as OperatorName] : undefined;
}

/** Whether an operator of a column tells no rows apart by this operand, except those without a value. */
export function saysNothing(column: ColumnShape, name: string, operand: unknown): boolean {
  return operatorOf(name)?.saysNothing?.(column, operand) ?? false;
}
