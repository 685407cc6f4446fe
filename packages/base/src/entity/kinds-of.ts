import { quoteIdentifier, type RowKinds } from '@holdfast/querier';
import type { EntityMetadata } from 'typeorm';

/**
 * Which rows of a table are an entity's that shares it with others by single-table inheritance: its own and those of its
 * descendants. Null for the parent, whose rows are all of them, and for entities with tables of their own.
 */
export function kindsOf(metadata: EntityMetadata): RowKinds | null {
  const { discriminatorColumn, parentEntityMetadata, childEntityMetadatas, discriminatorValue } = metadata;
  // TypeORM knows no parent of what does not inherit, whatever its types say.
  if (discriminatorColumn === undefined || (parentEntityMetadata as EntityMetadata | undefined) === undefined)
    return null;
  const descendants = childEntityMetadatas.filter((child) => child.discriminatorColumn !== undefined);
  const values = [discriminatorValue, ...descendants.map((child) => child.discriminatorValue)];
  return { sql: quoteIdentifier(discriminatorColumn.databaseName), values: values.map(String) };
}
