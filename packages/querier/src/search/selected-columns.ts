import { Misuse } from '@holdfast/errors';
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
    return shape.columns.size + extra.push({ property: name, sql: name, type, nullable: true }) - 1;
  };
  const positions = keys.map(({ sql, alias, type, name }) =>
    alias === null ? positionIn(shape, name) : add(sql, alias, type),
  );
  const selected = rendersKeys ? keys.map((key, i) => add(renderKey(key), `"#t${i}"`, text)) : positions;
  // Not before: every addition makes the list longer.
  return { list, extra, keys: selected };
}

const text = columnType('text');

function positionIn(shape: EntityShape, property: string): number {
  let position = 0;
  for (const name of shape.columns.keys()) {
    if (name === property) return position;
    position++;
  }
  throw new Misuse(`${shape.name} has no column ${property}.`);
}
