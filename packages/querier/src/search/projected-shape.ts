import { InvalidInput } from '@holdfast/errors';
import type { EntityShape } from '../entity/entity-shape.js';
import { shown } from '../plain-data/shown.js';

/**
 * The entity with only some of its columns in the select list, in the order given; all of them can still be asked for by
 * conditions and orders. Throws InvalidInput for a column that there is not, one that is named twice, and for none.
 */
export function projectedShape(shape: EntityShape, columns: readonly string[]): EntityShape {
  if (!Array.isArray(columns)) throw new InvalidInput('INVALID_VALUE', 'A list of columns is needed here.', '/columns');
  if (columns.length === 0) throw new InvalidInput('MISSING_VALUE', 'A row of no columns is none.', '/columns');
  const selected = Array.from(columns as readonly unknown[], (property, index) => {
    const column = typeof property === 'string' ? shape.columns.get(property) : undefined;
    const pointer = `/columns/${index}`;
    if (column === undefined) {
      const name = typeof property === 'string' ? ` ${shown(property)}` : ' of that name';
      throw new InvalidInput('UNKNOWN_FIELD', `There is no column${name}.`, pointer);
    }
    if (columns.indexOf(property) !== index) {
      throw new InvalidInput('INVALID_VALUE', `${column.property} is named twice.`, pointer);
    }
    return column;
  });
  // Spelled out: what an entity is made of may stand in getters.
  return {
    name: shape.name,
    table: shape.table,
    columns: shape.columns,
    get relations() {
      return shape.relations;
    },
    selected,
    list: selected.map(({ sql }) => sql).join(', '),
    embedded: shape.embedded,
    primaryKey: shape.primaryKey,
    deletedAt: shape.deletedAt,
    kinds: shape.kinds,
  };
}
