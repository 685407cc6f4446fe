import type { QueryCondition } from './condition.js';
import type { PathOfKind, Present, ValueAt } from '../entity/row-kinds.js';
import { not, where } from './where.js';

/** How a text is compared, for the builders of a domain's conditions. */
export interface TextMatchOptions {
  /** Default false. */
  readonly caseInsensitive?: boolean;
  /** Matches exactly the rows that would not match otherwise, NULLs included. Default false. */
  readonly negated?: boolean;
}

const operators = {
  equals: ['eq', 'ieq'],
  contains: ['contains', 'icontains'],
  startsWith: ['startsWith', 'istartsWith'],
  endsWith: ['endsWith', 'iendsWith'],
} as const;

/** The names of a row's columns that hold text. */
type TextKey<Row> = {
  [Property in PathOfKind<Row, 'scalar'>]: Present<ValueAt<Row, Property>> extends string ? Property : never;
}[PathOfKind<Row, 'scalar'>];

/**
 * A condition on a text column, for builders such as `SessionConditions.nameContains(value, { caseInsensitive: true })`.
 * `in` takes a list and matches what equals one of its texts; an empty list matches nothing. Wildcards are literal.
 */
export function textMatch<Row>(
  column: TextKey<Row>,
  how: keyof typeof operators,
  value: string,
  options?: TextMatchOptions,
): QueryCondition<Row>;
export function textMatch<Row>(
  column: TextKey<Row>,
  how: 'in',
  value: readonly string[],
  options?: TextMatchOptions,
): QueryCondition<Row>;
export function textMatch<Row>(
  column: TextKey<Row>,
  how: keyof typeof operators | 'in',
  value: string | readonly string[],
  options: TextMatchOptions = {},
): QueryCondition<Row> {
  const insensitive = options.caseInsensitive === true;
  // The row type is not known here, so that the compiler cannot see that the column holds text.
  const on = (operator: string, operand: unknown): QueryCondition<Row> =>
    where<Row>({ [column]: { [operator]: operand } } as QueryCondition<Row>);
  const isIn = how === 'in';
  const operator = isIn ? (insensitive ? 'iin' : 'in') : operators[how][insensitive ? 1 : 0];
  const condition = on(operator, isIn ? [...(value as readonly string[])] : value);
  return options.negated === true ? not(condition) : condition;
}
