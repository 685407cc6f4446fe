import { InvalidInput } from '@holdfast/errors';
import { encodeElement, encodeList, type ColumnType } from './column-type.js';

// The protocol counts the values of a Bind message in 16 bits (PostgreSQL 53.7).
const MOST = 65_535;

/**
 * Collects the values of a statement while its text is written: a value never becomes text of SQL, only `$n`.
 * The text is thereby the statement's shape, and its identity for prepared statements.
 */
export class SqlWriter {
  readonly values: (string | null)[] = [];

  /** A parameter that already has PostgreSQL's text form. */
  text(value: string | null, cast: string): string {
    if (this.values.length === MOST) throw new InvalidInput('LIMIT_EXCEEDED', 'The query has too many values.', '');
    this.values.push(value);
    return `$${this.values.length}::${cast}`;
  }

  /** One value of the type (for an array type: of its elements). */
  element(type: ColumnType, value: unknown, pointer: string): string {
    return this.text(encodeElement(type, value, pointer), type.sql);
  }

  /** A list of values as one array parameter, so that its length is no part of the shape. */
  list(type: ColumnType, values: unknown, pointer: string): string {
    return this.text(encodeList(type, values, pointer), `${type.sql}[]`);
  }
}
