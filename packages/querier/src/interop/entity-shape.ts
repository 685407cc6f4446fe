import { Misuse } from '@holdfast/errors';
import type { EntityShape, RelationShape } from '../entity/entity-shape.js';
import type { ColumnKey, Kind, KeysOfKind, Related } from '../entity/row-kinds.js';
import { type ColumnDefinition, columnShape } from './column-definition.js';
import { quotedTable } from './quoted-name.js';
import { type RelationDefinition, relationShape } from './relation-definition.js';

export interface EntityShapeArgs<Row> {
  /** The entity's name, e.g. `Note`; for error texts, and cursors are bound to it. */
  readonly name: string;
  readonly table: string;
  /** Default: where the session's search_path finds the table. */
  readonly schema?: string;
  /** By property, in the order of the select list. */
  readonly columns: { readonly [Property in ColumnKey<Row>]: ColumnDefinition<Row[Property]> };
  readonly relations?: {
    readonly [Property in KeysOfKind<Row, 'one' | 'many'>]?: RelationDefinition<
      Row,
      Related<Row[Property]>,
      Kind<Row[Property]> extends 'many' ? true : false
    >;
  };
  /** The column that says since when a row is deleted. Such rows are then only seen where it is asked for. */
  readonly deletedAt?: ColumnKey<Row>;
}

/**
 * What the compiler needs to know of an entity, for those who have no TypeORM to tell it:
 * `entityShape<NoteRow>({ name: 'Note', table: 'notes', columns: { id: { type: 'uuid', primary: true } } })`.
 * Throws Misuse for what cannot be meant.
 */
export function entityShape<Row>(args: EntityShapeArgs<Row>): EntityShape {
  const { name } = args;
  if (name === '') throw new Misuse('An entity needs a name.');
  const definitions = Object.entries(args.columns as Record<string, ColumnDefinition>);
  const columns = new Map(definitions.map(([property, one]) => [property, columnShape(name, property, one)]));
  const names = new Set(Array.from(columns.values(), ({ sql }) => sql));
  if (names.size !== columns.size) throw new Misuse(`${name}: two properties have the same column.`);
  const primaryKey = definitions.filter(([, { primary }]) => primary === true).map(([one]) => columns.get(one)!);
  if (primaryKey.length === 0) throw new Misuse(`${name}: no column is primary, and no order is total without one.`);
  const deletedAt = args.deletedAt === undefined ? null : columns.get(args.deletedAt);
  if (deletedAt === undefined || deletedAt?.nullable === false) {
    throw new Misuse(`${name}.${String(args.deletedAt)}: deletedAt is a column that may be NULL.`);
  }
  const relations = new Map<string, RelationShape>();
  const shape: EntityShape = Object.freeze({
    name,
    table: quotedTable(args),
    columns,
    relations,
    selected: Object.freeze([...columns.values()]),
    embedded: new Set<string>(),
    list: [...names].join(', '),
    primaryKey: Object.freeze(primaryKey),
    deletedAt,
    kinds: null,
  });
  for (const [property, one] of Object.entries((args.relations ?? {}) as Record<string, RelationDefinition>)) {
    if (columns.has(property)) throw new Misuse(`${name}.${property}: it is a column or a relation, not both.`);
    relations.set(property, relationShape(shape, property, one));
  }
  return shape;
}
