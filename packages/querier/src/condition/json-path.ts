import { InvalidInput } from '@holdfast/errors';
import { arrayLiteral, type ColumnType } from '../entity/column-type.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import { escapePointer } from '../plain-data/escape-pointer.js';
import { isJson } from '../plain-data/is-json.js';
import { plainObject } from '../plain-data/plain-object.js';
import { shown } from '../plain-data/shown.js';

const jsonb: ColumnType = { sql: 'jsonb', kind: 'jsonb', array: false };
const ranges: Readonly<Record<string, string>> = { lt: '<', lte: '<=', gt: '>', gte: '>=' };

/** Keys and positions on one path. */
export const LONGEST_JSON_PATH = 32;

/**
 * The operators of `at`: what stands in a document at a path, compared as jsonb (PostgreSQL 8.14.4). Where nothing stands
 * the value is NULL, so that `ne` and `notIn` match, as they do for columns.
 */
export function compileJsonPath(document: string, operand: unknown, writer: SqlWriter, pointer: string): string {
  const { path, ...comparisons } = plainObject(operand, pointer);
  const names = Object.keys(comparisons).sort();
  if (names.length === 0) throw new InvalidInput('MISSING_VALUE', 'A path needs an operator.', pointer);
  const value = `(${document} #> ${writer.text(pathLiteral(path, `${pointer}/path`), 'text[]')})`;
  const parts = names.map((name) =>
    comparison(value, name, comparisons[name], writer, `${pointer}/${escapePointer(name)}`),
  );
  const { eq } = comparisons;
  // What equals at a path of keys is contained, which an index on the whole document can tell (PostgreSQL 8.14.3).
  if (eq !== undefined && (path as readonly (string | number)[]).every(isKey)) {
    const whole = (path as readonly string[]).reduceRight<unknown>(
      (inner, key) => Object.fromEntries([[key, inner]]),
      eq,
    );
    parts.push(`${document} @> ${writer.element(jsonb, whole, `${pointer}/eq`)}`);
  }
  return parts.join(' AND ');
}

/** Whether a step can only be a key: what looks like a number may be a position too. */
function isKey(step: string | number): boolean {
  return typeof step === 'string' && !/^\s*[+-]?\d/.test(step);
}

function comparison(value: string, name: string, operand: unknown, writer: SqlWriter, pointer: string): string {
  if (operand === undefined) throw new InvalidInput('MISSING_VALUE', `${shown(name)} has no value.`, pointer);
  switch (name) {
    case 'exists':
      if (typeof operand !== 'boolean') throw refused('true or false is needed here.', pointer);
      return `${value} IS ${operand ? 'NOT ' : ''}NULL`;
    case 'eq':
      return `${value} = ${parameter(operand, writer, pointer)}`;
    case 'ne':
      return `${value} IS DISTINCT FROM ${parameter(operand, writer, pointer)}`;
    case 'in':
      return `${value} = ANY(${list(operand, writer, pointer)})`;
    case 'notIn':
      return `(${value} = ANY(${list(operand, writer, pointer)})) IS NOT TRUE`;
  }
  const symbol = Object.hasOwn(ranges, name) ? ranges[name] : undefined;
  if (symbol === undefined)
    throw new InvalidInput('UNKNOWN_OPERATOR', `A path has no operator ${shown(name)}.`, pointer);
  if (typeof operand !== 'number' && typeof operand !== 'string')
    throw refused('A number or a text is needed here.', pointer);
  // jsonb has an order over all types; what is asked for is one within a type.
  const isLike = `jsonb_typeof(${value}) = '${typeof operand}'`;
  return `(${isLike} AND ${value} ${symbol} ${parameter(operand, writer, pointer)})`;
}

function parameter(operand: unknown, writer: SqlWriter, pointer: string): string {
  if (!isJson(operand)) throw refused('JSON is needed here.', pointer);
  return writer.element(jsonb, operand, pointer);
}

function list(operand: unknown, writer: SqlWriter, pointer: string): string {
  if (!Array.isArray(operand) || !isJson(operand)) throw refused('A list of JSON values is needed here.', pointer);
  return writer.list(jsonb, operand, pointer);
}

function pathLiteral(path: unknown, pointer: string): string {
  const isPath =
    Array.isArray(path) &&
    path.length > 0 &&
    path.length <= LONGEST_JSON_PATH &&
    Array.from(path as unknown[]).every(
      (step) => Number.isSafeInteger(step) || (typeof step === 'string' && !step.includes('\0') && step.isWellFormed()),
    );
  if (!isPath) throw refused(`A path is a list of 1 to ${LONGEST_JSON_PATH} keys and positions.`, pointer);
  return arrayLiteral((path as unknown[]).map(String));
}

function refused(message: string, pointer: string): InvalidInput {
  return new InvalidInput('INVALID_VALUE', message, pointer);
}
