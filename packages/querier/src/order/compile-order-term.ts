import { InvalidInput, Misuse } from '@holdfast/errors';
import type { RelatedRows } from '../condition/related-rows.js';
import { isOrderable } from '../entity/column-type.js';
import { columnOf, type RowSource } from '../entity/row-source.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import { compilePath } from './compile-path.js';
import { shown } from '../plain-data/shown.js';
import type { OrderTerm } from './order.js';
import { OrderExpression } from './order-expression.js';
import type { OrderKey } from './order-key.js';

/** An order's value, without its direction. */
type Term = Pick<OrderKey, 'name' | 'sql' | 'alias' | 'join' | 'type' | 'nullable' | 'confidential'>;

/** What rows are ordered by, as SQL. Throws InvalidInput for what nothing can be ordered by. */
export function compileOrderTerm<Row>(
  rows: RowSource,
  by: OrderTerm<Row>,
  related: RelatedRows,
  writer: SqlWriter,
  index: number,
  pointer: string,
): Term {
  const alias = `"#k${index}"`;
  if (OrderExpression.isExpression(by)) {
    return {
      name: `{${by.sql}}`,
      sql: `((${filledIn(rows, by)})::${by.type.sql})`,
      alias,
      join: null,
      type: by.type,
      nullable: by.nullable,
      confidential: namesHidden(rows, by),
    };
  }
  const own = typeof by === 'string' ? rows.shape.columns.get(by) : undefined;
  if (own !== undefined && isOrderable(own.type)) {
    return {
      name: own.property,
      sql: columnOf(rows, own).sql,
      alias: null,
      join: null,
      type: own.type,
      nullable: own.nullable,
      confidential: own.hidden === true,
    };
  }
  const path =
    typeof by === 'string' && by.includes('.') ? compilePath(rows, by, related, writer, index, pointer) : null;
  if (path === null) {
    // Not whatever it is: some values have no text.
    const what = typeof by === 'string' ? shown(by) : 'this';
    throw new InvalidInput('INVALID_ORDER', `Nothing can be ordered by ${what}.`, pointer);
  }
  return { name: by as string, alias, ...path, nullable: true };
}

/** Columns in braces, but for what stands in quotes. */
const column = /'(?:[^']|'')*'|"(?:[^"]|"")*"|\{([A-Za-z_$][\w$]*(?:\.[A-Za-z_$][\w$]*)*)\}/g;

/** Whether a cursor would hold what rows do not come with. */
function namesHidden<Row>({ shape }: RowSource, { sql }: OrderExpression<Row>): boolean {
  return [...sql.matchAll(column)].some(([, property]) => shape.columns.get(property ?? '')?.hidden === true);
}

function filledIn<Row>(rows: RowSource, { sql }: OrderExpression<Row>): string {
  return sql.replace(column, (text, property: string | undefined) => {
    if (property === undefined) return text;
    const found = rows.shape.columns.get(property);
    if (found === undefined) throw new Misuse(`${rows.shape.name} has no column ${property}, which an order names.`);
    return columnOf(rows, found).sql;
  });
}
