import { InvalidInput, Misuse } from '@holdfast/errors';
import { joinRelated } from '../condition/join-related.js';
import type { RelatedRows } from '../condition/related-rows.js';
import { isOrderable } from '../entity/column-type.js';
import { columnOf, type RowSource } from '../entity/row-source.js';
import type { SqlWriter } from '../entity/sql-writer.js';
import type { OrderTerm } from './order.js';
import { OrderExpression } from './order-expression.js';
import type { OrderKey } from './order-key.js';

/** To-one relations on the way to a column: as many as the types allow. */
const LONGEST_PATH = 2;

/** An order's value, without its direction. */
type Term = Pick<OrderKey, 'name' | 'sql' | 'alias' | 'type' | 'nullable'>;

/** What rows are ordered by, as SQL. Throws InvalidInput for what nothing can be ordered by. */
export function compileOrderTerm<Row>(
  rows: RowSource,
  by: OrderTerm<Row>,
  related: RelatedRows,
  writer: SqlWriter,
  index: number,
): Term {
  const alias = `"#k${index}"`;
  if (OrderExpression.isExpression(by)) {
    return { name: `{${by.sql}}`, sql: `(${filledIn(rows, by)})`, alias, type: by.type, nullable: by.nullable };
  }
  const column = typeof by === 'string' ? rows.shape.columns.get(by) : undefined;
  if (column !== undefined && isOrderable(column.type)) {
    return {
      name: column.property,
      sql: columnOf(rows, column).sql,
      alias: null,
      type: column.type,
      nullable: column.nullable,
    };
  }
  const path = typeof by === 'string' && by.includes('.') ? overRelations(rows, by, related, writer) : null;
  if (path === null) {
    // Not whatever it is: some values have no text.
    const what = typeof by === 'string' ? by : 'this';
    throw new InvalidInput('INVALID_ORDER', `Nothing can be ordered by ${what}.`, `/orders/${index}`);
  }
  return { name: by as string, alias, ...path };
}

function filledIn<Row>(rows: RowSource, { sql }: OrderExpression<Row>): string {
  return sql.replace(/\{([A-Za-z_$][\w$]*)\}/g, (_, property: string) => {
    const column = rows.shape.columns.get(property);
    if (column === undefined) throw new Misuse(`${rows.shape.name} has no column ${property}, which an order names.`);
    return columnOf(rows, column).sql;
  });
}

/** A column of the one row that a path of to-one relations leads to, as a subquery; NULL where the path ends before. */
function overRelations(
  rows: RowSource,
  path: string,
  related: RelatedRows,
  writer: SqlWriter,
): Pick<Term, 'sql' | 'type' | 'nullable'> | null {
  const steps = path.split('.');
  const property = steps.pop()!;
  if (steps.length > LONGEST_PATH) return null;
  let at = { rows, related };
  let from = '';
  const on: string[] = [];
  for (const step of steps) {
    const relation = at.rows.shape.relations.get(step);
    if (relation === undefined || relation.many) return null;
    const join = joinRelated(at.rows, relation, at.related, writer);
    from += from === '' ? join.from : `, ${join.from}`;
    on.push(join.on);
    at = join;
  }
  const column = at.rows.shape.columns.get(property);
  if (column === undefined || !isOrderable(column.type)) return null;
  // A relation to one row has one at most, unless its foreign key is not a key: the least then stands for all.
  const value = columnOf(at.rows, column).sql;
  return {
    sql: `(SELECT ${value} FROM ${from} WHERE ${on.join(' AND ')} ORDER BY 1 LIMIT 1)`,
    type: column.type,
    nullable: true,
  };
}
