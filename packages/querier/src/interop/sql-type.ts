import type { IsoTime } from '../condition/condition.js';
import type { ElementOf, Kind, Present } from '../entity/row-kinds.js';

/** By the SQL name of a type: what pg may make of its values, with its own parsers or those of the application. */
type ValuesOf = Record<'text' | 'varchar' | 'character varying' | 'citext' | 'uuid' | 'enum', string> &
  Record<'bigint' | 'int8', string | number | bigint> &
  Record<'smallint' | 'int2' | 'int' | 'integer' | 'int4', number> &
  Record<'numeric' | 'decimal', string | number> &
  Record<'real' | 'float4' | 'double precision' | 'float8' | 'float', number> &
  Record<'boolean' | 'bool', boolean> &
  Record<'timestamptz' | 'timestamp with time zone', Date | IsoTime> &
  Record<'timestamp' | 'timestamp without time zone', Date | IsoTime> &
  Record<'date', string | Date> &
  Record<'time' | 'time without time zone' | 'timetz' | 'time with time zone', string> &
  Record<'char' | 'character' | 'bpchar' | 'bit' | 'bit varying' | 'varbit', string> &
  Record<'inet' | 'cidr' | 'macaddr' | 'macaddr8', string> &
  Record<'bytea', Uint8Array>;

type JsonType = 'json' | 'jsonb';

/** One value of a column: of its elements, where it is an array. */
export type OneOf<Column> = Kind<Column> extends 'array' ? ElementOf<Column> : Present<Column>;

/** The types that a column can have whose values are those of the row's property. */
export type SqlType<Column> = unknown extends Column
  ? keyof ValuesOf | JsonType
  : Kind<Column> extends 'json'
    ? JsonType
    : { [Type in keyof ValuesOf]: [OneOf<Column>] extends [ValuesOf[Type]] ? Type : never }[keyof ValuesOf];
