import { Misuse } from '@holdfast/errors';
import type { EntityShape, JoinColumns, RelationShape } from '../entity/entity-shape.js';
import type { KeysOfKind } from '../entity/row-kinds.js';
import { quotedName, quotedTable } from './quoted-name.js';

/** A relation of one row type to another, as somebody without TypeORM says it; how many are behind, the row's type knows. */
export type RelationDefinition<Own = Row, Behind = Row, Many extends boolean = boolean> = Target &
  (Many extends true
    ? { readonly many: true } & (OnColumns<Own, Behind> | OverJunction<Own, Behind>)
    : { readonly many?: false } & OnColumns<Own, Behind>);

/** A row of which nothing is known. */
type Row = Readonly<Record<string, string>>;

interface Target {
  /** The entity behind it: a function, because entities lead to each other in circles. */
  readonly target: () => EntityShape;
  /** Whether many rows may stand behind it. Default false. */
  readonly many?: boolean;
}

interface OnColumns<Own, Behind> {
  /** Properties that are equal, the row's to those of the one behind: `{ authorId: 'id' }`. */
  readonly on: { readonly [Property in KeysOfKind<Own, 'scalar'>]?: KeysOfKind<Behind, 'scalar'> };
  readonly junction?: never;
}

interface OverJunction<Own, Behind> {
  readonly on?: never;
  /** The table in between, instead of `on`. Many rows may stand behind it. */
  readonly junction: JunctionDefinition<Own, Behind>;
}

/** A table in between: which of its columns hold the row's properties, and which those of the one behind. */
export interface JunctionDefinition<Own = Row, Behind = Row> {
  readonly table: string;
  readonly schema?: string;
  /** `{ id: 'note_id' }` */
  readonly own: { readonly [Property in KeysOfKind<Own, 'scalar'>]?: string };
  /** `{ id: 'tag_id' }` */
  readonly behind: { readonly [Property in KeysOfKind<Behind, 'scalar'>]?: string };
}

/** The relation as the compiler needs to know it; the entity behind it is asked for when it is first needed. Throws Misuse. */
export function relationShape(shape: EntityShape, property: string, definition: RelationDefinition): RelationShape {
  const name = `${shape.name}.${property}`;
  const { target, many = false, on, junction } = definition;
  if (typeof target !== 'function') throw new Misuse(`${name}: target is a function that returns the entity's shape.`);
  const joins = (on ?? junction?.own ?? {}) as Row;
  if ((on === undefined) === (junction === undefined) || Object.keys(joins).length === 0) {
    throw new Misuse(`${name}: a relation needs either on or a junction, with at least one column.`);
  }
  if (junction !== undefined && !many) throw new Misuse(`${name}: behind a junction stand many rows: many is true.`);
  const own = Object.entries(joins).map(([from, to]) => [columnSql(shape, from, name), to] as const);
  if (junction === undefined) {
    return {
      property,
      many,
      get target() {
        return target();
      },
      get on(): JoinColumns {
        return own.map(([from, to]) => [from, columnSql(target(), to, name)]);
      },
      junction: null,
    };
  }
  const behind = Object.entries(junction.behind as Row);
  if (behind.length === 0) throw new Misuse(`${name}: the junction leads nowhere.`);
  const table = quotedTable(junction);
  return {
    property,
    many,
    get target() {
      return target();
    },
    on: own.map(([from, to]) => [from, quotedName(to)]),
    junction: {
      table,
      get on(): JoinColumns {
        return behind.map(([to, from]) => [quotedName(from), columnSql(target(), to, name)]);
      },
    },
  };
}

function columnSql(shape: EntityShape, property: string, relation: string): string {
  const column = shape.columns.get(property);
  if (column === undefined) throw new Misuse(`${relation}: ${shape.name} has no column ${property}.`);
  return column.sql;
}
