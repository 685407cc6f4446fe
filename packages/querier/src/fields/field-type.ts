const equality = ['eq', 'ne', 'in', 'notIn'] as const;
const range = ['lt', 'lte', 'gt', 'gte'] as const;
const pattern = ['contains', 'startsWith', 'endsWith', 'ieq', 'icontains', 'istartsWith', 'iendsWith', 'iin'] as const;
/** Of columns that hold lists. */
export const listOperators = ['has', 'hasAny', 'hasAll', 'isEmpty'] as const;
/** What asks for a part of a text; a closed list of values has no parts. */
export const patternOperators: readonly string[] = pattern;

const compared = [...equality, 'isNull', ...listOperators] as const;
const ranged = [...compared, ...range] as const;

/** By type of a field: the operators that a column with such values may have. */
export const operatorsOfType = {
  text: [...ranged, ...pattern],
  uuid: ranged,
  integer: ranged,
  bigint: ranged,
  number: ranged,
  decimal: ranged,
  boolean: compared,
  timestamp: ranged,
  date: ranged,
  time: ranged,
  json: ['contains', 'hasKey', 'at', 'isNull'],
} as const satisfies Readonly<Record<string, readonly string[]>>;

/**
 * How a request writes a field's values, and what they are read as.
 *
 * - `text`; `uuid`, read in lower case; `boolean`.
 * - `integer`: a whole number of 32 bits. `number`: any finite number.
 * - `bigint`, `decimal`: exact, read as text. Requests write them as text, or as a number where that is a safe integer.
 * - `timestamp`: RFC 3339 with its offset, read as a Date; with more than 3 digits of a second (at most 6), as text, so that
 *   microseconds are exact.
 * - `date`: `2024-02-29`. `time`: `12:30`, `12:30:15`, `12:30:15.123456`.
 * - `json`: what stands in a json or jsonb column.
 */
export type FieldType = keyof typeof operatorsOfType;

/** The operators that a field of a type may allow. */
export type FieldOperator<Type extends FieldType = FieldType> = (typeof operatorsOfType)[Type][number];
