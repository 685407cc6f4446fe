import { quoteIdentifier } from '@holdfast/querier';
import type { EntityMetadata } from 'typeorm';

/** The table of an entity, with its schema, quoted. */
export function tableOf({ tablePath }: EntityMetadata): string {
  return tablePath.split('.').map(quoteIdentifier).join('.');
}
