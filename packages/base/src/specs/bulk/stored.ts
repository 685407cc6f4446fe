import type { EntityMapping } from '../../entity/entity-mapping.js';
import type { GivenSource } from './given-rows.js';

/** What the table is called where given rows are seen beside it. No column or table has such a name. */
export const STORED = '"#stored"';

/** That a stored row, by the name of where it is, is the one that a given row names. */
export function sameKey({ primaryKey }: EntityMapping, source: GivenSource, stored = STORED): string {
  return primaryKey.map((column) => `${stored}.${column.sql} = ${source.name(column)}`).join(' AND ');
}
