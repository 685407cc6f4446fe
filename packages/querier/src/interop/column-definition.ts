import { Misuse } from '@holdfast/errors';
import { type ColumnType, columnType, enumColumnType } from '../entity/column-type.js';
import { encoders } from '../entity/encoders.js';
import type { ColumnShape } from '../entity/entity-shape.js';
import type { Kind } from '../entity/row-kinds.js';
import { quotedName } from './quoted-name.js';
import type { OneOf, SqlType } from './sql-type.js';

/** A column of a table, as somebody without TypeORM says it; what the row's type knows must be said alike. */
export type ColumnDefinition<Column = unknown> = ColumnTraits<Column> & (PlainColumn<Column> | EnumColumn<Column>);

interface AnyColumn {
  /** Its name in the table. Default: the property's. */
  readonly column?: string;
  /** Whether it belongs to the primary key; several do in the order of their definition. Default false. */
  readonly primary?: boolean;
  /** Whether it may hold NULL. Default false: pages rely on it. */
  readonly nullable?: boolean;
  readonly array?: boolean;
}

type ColumnTraits<Column> = AnyColumn &
  (unknown extends Column
    ? unknown
    : (null extends Column ? { readonly nullable: true } : { readonly nullable?: false }) &
        (Kind<Column> extends 'array' ? { readonly array: true } : { readonly array?: false }));

interface PlainColumn<Column> {
  /** The type's SQL name, e.g. `timestamptz`; of the elements where it is an array; `enum` where `enum` names it. */
  readonly type: Exclude<SqlType<Column>, 'enum'>;
  readonly enum?: never;
  readonly labels?: never;
}

interface EnumColumn<Column> {
  readonly type: Extract<SqlType<Column>, 'enum'>;
  /** The name of an enum type as in a cast, e.g. `"public"."mood"`. */
  readonly enum: string;
  /** The values of the enum. Without them, a text that is none is refused by PostgreSQL alone. */
  readonly labels?: readonly (unknown extends Column ? string : OneOf<Column>)[];
}

// Plain or quoted, with or without a schema (PostgreSQL 4.1.1).
const typeName = /^(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*)(?:\.(?:"(?:[^"]|"")+"|[a-z_][a-z0-9_$]*))?$/;
const reserved: ReadonlySet<string> = new Set(['and', 'or', 'not', '__proto__', '']);

/** The column as the compiler needs to know it. Throws Misuse. */
export function columnShape(entity: string, property: string, definition: ColumnDefinition): ColumnShape {
  const refuse = (what: string): never => {
    throw new Misuse(`${entity}.${property}: ${what}.`);
  };
  if (reserved.has(property) || property.includes('.')) refuse('no column can be called so');
  const { type, labels, column = property, primary = false, nullable = false, array = false } = definition;
  // The compiler gives such names to what it selects besides.
  if (column.startsWith('#') || property.startsWith('#')) refuse('a column called #… is not supported');
  if ((type === 'enum') !== (definition.enum !== undefined)) refuse('type: "enum" and enum go together');
  if (definition.enum !== undefined && !typeName.test(definition.enum))
    refuse('enum is the name of a type, as in a cast');
  if (labels !== undefined && (type !== 'enum' || !areLabels(labels))) {
    refuse('labels are the values of an enum, a list of different texts');
  }
  if (primary && (nullable || array)) refuse('a column of the primary key holds one value, and never NULL');
  return Object.freeze({
    property,
    sql: quotedName(column),
    type: definition.enum === undefined ? columnType(type, { array }) : enumType(definition.enum, array, labels),
    nullable,
  });
}

function enumType(name: string, array: boolean, labels: readonly string[] | undefined): ColumnType {
  return enumColumnType(name, labels === undefined ? { array } : { array, labels: Object.freeze([...labels]) });
}

function areLabels(labels: unknown): boolean {
  if (!Array.isArray(labels) || labels.length === 0 || new Set(labels).size !== labels.length) return false;
  return labels.every((label) => encoders.enum(label) !== null);
}
