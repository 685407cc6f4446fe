import { Misuse } from '@holdfast/errors';
import { type ColumnType, columnType, isOrderable } from '../entity/column-type.js';

const seal = Symbol('seal');

export interface OrderExpressionArgs<Row> {
  /** SQL with columns as `{property}`, e.g. `lower({name})`. It must depend on nothing but the row. */
  readonly sql: string;
  /** The type of its value, e.g. `text`: what a cursor's text is cast back to. */
  readonly type: string;
  /** Whether its value may be NULL. Default true, which is right for any expression, and slower where it is not needed. */
  readonly nullable?: boolean;
  /** Only for the compiler. */
  readonly row?: (row: Row) => Row;
}

/**
 * A value to order by that no column holds. Sealed, because it brings SQL of its own: what is read from a request can
 * never be one.
 */
export class OrderExpression<Row> {
  readonly #sealed = true;
  /** The row type, for the compiler only. */
  declare readonly row?: (row: Row) => Row;
  readonly sql: string;
  readonly type: ColumnType;
  readonly nullable: boolean;

  constructor(key: symbol, args: OrderExpressionArgs<Row>) {
    if (key !== seal) throw new Misuse('An order expression is made by orderExpression().');
    this.sql = args.sql;
    this.type = columnType(args.type);
    this.nullable = args.nullable ?? true;
    Object.freeze(this);
  }

  static isExpression(value: unknown): value is OrderExpression<unknown> {
    return typeof value === 'object' && value !== null && #sealed in value;
  }
}

/**
 * An expression to order by, written by the application and never by a request:
 * `orderExpression<SessionRow>({ sql: 'lower({name})', type: 'text', nullable: false })`. An index on the same expression,
 * followed by the primary key, makes its pages cheap. Throws Misuse for a type that has no order.
 */
export function orderExpression<Row>(args: OrderExpressionArgs<Row>): OrderExpression<Row> {
  const expression = new OrderExpression<Row>(seal, args);
  if (args.sql.trim() === '') throw new Misuse('An order expression needs SQL.');
  // It would swallow what stands behind.
  if (/--|\/\*/.test(args.sql.replace(/'(?:[^']|'')*'|"(?:[^"]|"")*"/g, '')))
    throw new Misuse('An order expression has no comments.');
  if (!isOrderable(expression.type)) throw new Misuse(`Nothing can be ordered by a value of type ${args.type}.`);
  return expression;
}
