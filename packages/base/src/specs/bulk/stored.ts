import type { EntityMapping } from '../../entity/entity-mapping.js';
import type { GivenSource } from './given-rows.js';

/** What the table is called where given rows are seen beside it. No column or table has such a name. */
export const STORED = '"#stored"';

/** That a stored row is the one that a given row names. */
export function sameKey({ primaryKey }: EntityMapping, source: GivenSource): string {
  return primaryKey.map((column) => `${STORED}.${column.sql} = ${source.name(column)}`).join(' AND ');
}
