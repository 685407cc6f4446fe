import type { IsoTime } from '../condition/condition.js';
import type { ElementOf, Kind, PathOfKind, Present, ValueAt } from '../entity/row-kinds.js';
import type { FieldType } from './field-type.js';

/** What a row holds in the column of a field. */
interface Held extends Record<Exclude<FieldType, 'json'>, unknown> {
  text: string;
  uuid: string;
  integer: number | bigint;
  bigint: string | number | bigint;
  number: number;
  decimal: string | number;
  boolean: boolean;
  timestamp: Date | IsoTime;
  date: string | Date;
  time: string;
}

/** A column's values, or those in its lists. */
type Values<Column> = Kind<Column> extends 'array' ? ElementOf<Column> : Present<Column>;

/** The names of the columns that a field of a type can be. */
export type FieldColumn<Row, Type extends FieldType> = Type extends keyof Held
  ? {
      [Property in PathOfKind<Row, 'scalar' | 'array'>]: [Values<ValueAt<Row, Property>>] extends [Held[Type]]
        ? Property
        : never;
    }[PathOfKind<Row, 'scalar' | 'array'>]
  : PathOfKind<Row, 'json'>;
