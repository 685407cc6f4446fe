import { Misuse } from '@holdfast/errors';
import { quoteIdentifier } from '../entity/entity-shape.js';

/** Quotes the name of a table or column that somebody gave. Throws Misuse for what PostgreSQL would refuse or cut off. */
export function quotedName(name: string): string {
  // NAMEDATALEN - 1 (PostgreSQL 4.1.1).
  if (name === '' || name.includes('\0') || Buffer.byteLength(name) > 63) {
    throw new Misuse(`"${name}" is no name for a table or a column.`);
  }
  return quoteIdentifier(name);
}

/** The same with the schema in front, if there is one. */
export function quotedTable({ table, schema }: { readonly table: string; readonly schema?: string }): string {
  return schema === undefined ? quotedName(table) : `${quotedName(schema)}.${quotedName(table)}`;
}
