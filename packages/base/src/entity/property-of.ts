import type { EntityMetadata } from 'typeorm';

type ColumnMetadata = EntityMetadata['columns'][number];

/**
 * What a column is called in rows: its property, behind those of the objects that it is embedded in; where the entity has
 * no property for it, as foreign keys often have none, the column's own name.
 */
export function propertyOf(column: ColumnMetadata): readonly string[] {
  const isForeignKey = column.isVirtual && column.referencedColumn !== undefined;
  const own = isForeignKey ? column.databaseNameWithoutPrefixes : column.propertyName;
  return [...(column.embeddedMetadata?.parentPropertyNames ?? []), own];
}
