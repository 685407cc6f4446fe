import { columnType } from '../entity/column-type.js';
import type { ColumnShape, EntityShape } from '../entity/entity-shape.js';
import type { OrderKey } from '../order/order-key.js';
import { renderKey } from '../order/render-key.js';
import type { SearchContext } from './search-context.js';

/** What is selected of each row: the select list, with what the order needs besides the row. */
interface SelectedColumns {
  readonly list: string;
  readonly extra: readonly ColumnShape[];
  readonly keys: readonly number[];
}

/** The columns of the row, and what the order needs besides. */
export function selectedColumns(
  shape: EntityShape,
  keys: readonly OrderKey[],
  context: SearchContext,
): SelectedColumns {
  const rendersKeys = context.rendersKeys === true && context.cursors !== null;
  const extra: ColumnShape[] = [];
  let list = shape.list;
  const add = (sql: string, name: string, type: OrderKey['type']): number => {
    list += `, ${sql} AS ${name}`;
    return shape.selected.length + extra.push({ property: name, sql: name, type, nullable: true }) - 1;
  };
  const positions = keys.map(({ sql, alias, type, name }) => {
    if (alias !== null) return add(sql, alias, type);
    const position = shape.selected.findIndex(({ property }) => property === name);
    // A column that rows are ordered by and that is not read otherwise.
    return position === -1 ? add(sql, sql, type) : position;
  });
  const selected = rendersKeys ? keys.map((key, i) => add(renderKey(key), `"#t${i}"`, text)) : positions;
  // Not before: every addition makes the list longer.
  return { list, extra, keys: selected };
}

const text = columnType('text');
