import type { Json } from '../../src/index.js';
import { compareValues } from './compare-values.js';
import { jsonNull } from './json-null.js';
import { atPath } from './json-path.js';
import { jsonContains, jsonEqual, jsonHasKey } from './json-values.js';
import type { OracleColumn } from './oracle-entity.js';

/** Whether a value that is not NULL matches. */
type Operator = (column: OracleColumn, value: unknown, operand: unknown) => boolean;

const document = (value: unknown): Json => (value === jsonNull ? null : (value as Json));

const equal: Operator = (column, a, b) =>
  column.kind === 'json' ? jsonEqual(document(a), b as Json) : compareValues(column, a, b) === 0;

const oneOf: Operator = (column, value, operand) =>
  (operand as readonly unknown[]).some((one) => equal(column, value, one));

const elementIs = (column: OracleColumn, value: unknown, wanted: unknown): boolean =>
  (value as readonly unknown[]).some((element) => element !== null && equal(column, element, wanted));

/** Lower case as under COLLATE "C": ASCII only. */
const lower = (value: unknown): string => (value as string).replace(/[A-Z]/g, (letter) => letter.toLowerCase());

const texts =
  (test: (value: string, operand: string) => boolean): Operator =>
  (_, value, operand) =>
    test(value as string, operand as string);

const lowered =
  (test: (value: string, operand: string) => boolean): Operator =>
  (_, value, operand) =>
    test(lower(value), lower(operand));

const operators: Readonly<Record<string, Operator>> = {
  eq: equal,
  in: oneOf,
  lt: (column, value, operand) => compareValues(column, value, operand) < 0,
  lte: (column, value, operand) => compareValues(column, value, operand) <= 0,
  gt: (column, value, operand) => compareValues(column, value, operand) > 0,
  gte: (column, value, operand) => compareValues(column, value, operand) >= 0,
  contains: (column, value, operand) =>
    column.kind === 'json'
      ? jsonContains(document(value), operand as Json)
      : (value as string).includes(operand as string),
  startsWith: texts((value, operand) => value.startsWith(operand)),
  endsWith: texts((value, operand) => value.endsWith(operand)),
  ieq: lowered((value, operand) => value === operand),
  iin: (_, value, operand) => (operand as readonly string[]).some((one) => lower(value) === lower(one)),
  icontains: lowered((value, operand) => value.includes(operand)),
  istartsWith: lowered((value, operand) => value.startsWith(operand)),
  iendsWith: lowered((value, operand) => value.endsWith(operand)),
  has: elementIs,
  hasAny: (column, value, operand) => (operand as readonly unknown[]).some((one) => elementIs(column, value, one)),
  hasAll: (column, value, operand) => (operand as readonly unknown[]).every((one) => elementIs(column, value, one)),
  isEmpty: (_, value, operand) => ((value as readonly unknown[]).length === 0) === operand,
  hasKey: (_, value, operand) => jsonHasKey(document(value), operand as string),
};

/** Whether a column's value, null for NULL, matches one operator; whatever compares with NULL does not match. */
export function columnMatches(column: OracleColumn, value: unknown, operator: string, operand: unknown): boolean {
  if (operator === 'isNull') return (value === null) === operand;
  if (operator === 'ne') return !columnMatches(column, value, 'eq', operand);
  if (operator === 'notIn') return !columnMatches(column, value, 'in', operand);
  if (operator === 'at') return atPath(value === null ? undefined : document(value), operand);
  const known = operators[operator];
  if (known === undefined) throw new Error(`The oracle knows no operator ${operator}.`);
  return value !== null && known(column, value, operand);
}
