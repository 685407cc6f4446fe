import { InvalidInput } from '@holdfast/errors';
import { type ColumnType, columnType, isOrderable } from '../entity/column-type.js';
import type { ColumnKind } from '../entity/column-kind.js';
import type { ColumnShape, EntityShape } from '../entity/entity-shape.js';
import { escapePointer } from '../plain-data/escape-pointer.js';
import { plainObject } from '../plain-data/plain-object.js';
import { shown } from '../plain-data/shown.js';

const numbers: readonly ColumnKind[] = ['smallint', 'integer', 'bigint', 'numeric', 'float'];
// PostgreSQL has no least uuid, boolean or bytea in all of its versions (9.21).
const withoutExtremes: readonly ColumnKind[] = ['uuid', 'boolean', 'bytea', 'json', 'jsonb'];

// Counts are far from where a number ends to be exact.
const counted = columnType('int');
const exact = columnType('numeric');

interface Kind {
  readonly sql: (column: string) => string;
  readonly takes: (type: ColumnType) => boolean;
  /** The type of the figure; null for that of the column. */
  readonly gives: ColumnType | null;
  readonly nullable: boolean;
}

const takesNumbers = ({ kind, array }: ColumnType): boolean => !array && numbers.includes(kind);
const takesOrdered = ({ kind, array }: ColumnType): boolean => !array && !withoutExtremes.includes(kind);

const kinds: Readonly<Record<string, Kind>> = {
  count: { sql: (column) => `count(${column})`, takes: () => true, gives: counted, nullable: false },
  countDistinct: { sql: (column) => `count(DISTINCT ${column})`, takes: isOrderable, gives: counted, nullable: false },
  sum: { sql: (column) => `sum(${column})`, takes: takesNumbers, gives: exact, nullable: true },
  avg: { sql: (column) => `avg(${column})`, takes: takesNumbers, gives: exact, nullable: true },
  min: { sql: (column) => `min(${column})`, takes: takesOrdered, gives: null, nullable: true },
  max: { sql: (column) => `max(${column})`, takes: takesOrdered, gives: null, nullable: true },
};

/**
 * The figures of a group as columns, by their names. Throws InvalidInput for an aggregate that there is not, and for a
 * column that it cannot be made of, such as the sum of documents.
 */
export function figureColumns(shape: EntityShape, select: object): readonly ColumnShape[] {
  return Object.entries(plainObject(select, '/select')).map(([name, figure]) => {
    const pointer = `/select/${escapePointer(name)}`;
    const { aggregate, column: property } = plainObject(figure, pointer);
    const kind = typeof aggregate === 'string' && Object.hasOwn(kinds, aggregate) ? kinds[aggregate]! : null;
    if (kind === null) throw new InvalidInput('UNKNOWN_OPERATOR', 'There is no such aggregate.', pointer);
    if (aggregate === 'count' && property === null) return figureOf(name, 'count(*)', counted, false);
    const column = typeof property === 'string' ? shape.columns.get(property) : undefined;
    if (column === undefined) throw new InvalidInput('UNKNOWN_FIELD', 'There is no such column.', pointer);
    const { sql, type } = column;
    if (!kind.takes(type)) {
      const what = `${type.sql}${type.array ? '[]' : ''}`;
      const message = `There is no ${aggregate as string} of ${shown(column.property)}: it is of type ${what}.`;
      throw new InvalidInput('UNKNOWN_OPERATOR', message, pointer);
    }
    return figureOf(name, kind.sql(sql), kind.gives ?? type, kind.nullable);
  });
}

function figureOf(property: string, sql: string, type: ColumnType, nullable: boolean): ColumnShape {
  return Object.freeze({ property, sql, type, nullable });
}
