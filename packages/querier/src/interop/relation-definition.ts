import { Misuse } from '@holdfast/errors';
import type { EntityShape, JoinColumns, RelationShape } from '../entity/entity-shape.js';
import { quotedName, quotedTable } from './quoted-name.js';

/** A relation, as somebody without TypeORM says it. */
export interface RelationDefinition {
  /** The entity behind it: a function, because entities lead to each other in circles. */
  readonly target: () => EntityShape;
  /** Whether many rows may stand behind it. Default false. */
  readonly many?: boolean;
  /** Properties that are equal, the row's to those of the one behind: `{ authorId: 'id' }`. */
  readonly on?: Readonly<Record<string, string>>;
  /** The table in between, instead of `on`. */
  readonly junction?: JunctionDefinition;
}

/** A table in between: which of its columns hold the row's properties, and which those of the one behind. */
export interface JunctionDefinition {
  readonly table: string;
  readonly schema?: string;
  /** `{ id: 'note_id' }` */
  readonly own: Readonly<Record<string, string>>;
  /** `{ id: 'tag_id' }` */
  readonly behind: Readonly<Record<string, string>>;
}

/** The relation as the compiler needs to know it; the entity behind it is asked for when it is first needed. Throws Misuse. */
export function relationShape(shape: EntityShape, property: string, definition: RelationDefinition): RelationShape {
  const name = `${shape.name}.${property}`;
  const { target, many = false, on, junction } = definition;
  if (typeof target !== 'function') throw new Misuse(`${name}: target is a function that returns the entity's shape.`);
  const joins = on ?? junction?.own ?? {};
  if ((on === undefined) === (junction === undefined) || Object.keys(joins).length === 0) {
    throw new Misuse(`${name}: a relation needs either on or a junction, with at least one column.`);
  }
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
  const behind = Object.entries(junction.behind);
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
