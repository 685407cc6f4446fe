import { Misuse } from '@holdfast/errors';
import { columnType, enumColumnType, quoteIdentifier, type ColumnType } from '@holdfast/querier';
import type { DataSource, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { EntityMapping, type MappedColumn } from './entity-mapping.js';
import { mapRelations } from './map-relations.js';
import { tableOf } from './table-of.js';

type ColumnMetadata = EntityMetadata['columns'][number];

/**
 * Reads TypeORM's metadata. What is not supported is refused aloud: throws Misuse, naming the column. `mappingOf` maps the
 * entities behind relations, when they are first asked for.
 */
export function mapEntity(
  dataSource: DataSource,
  entity: EntityTarget<ObjectLiteral>,
  mappingOf: (entity: EntityTarget<ObjectLiteral>) => EntityMapping,
): EntityMapping {
  if (!dataSource.isInitialized) throw new Misuse('The DataSource is not initialized.');
  if (!dataSource.hasMetadata(entity)) {
    throw new Misuse(`The DataSource does not list the entity ${entityName(entity)}.`);
  }
  const metadata = dataSource.getMetadata(entity);
  const columns = metadata.columns.map((column) => mapColumn(dataSource, metadata, column));
  return new EntityMapping({
    name: metadata.name,
    table: tableOf(metadata),
    columns,
    relations: () => mapRelations(metadata, mappingOf),
    primaryKey: metadata.primaryColumns.map(({ propertyName }) => propertyName),
    primaryKeyName: metadata.primaryColumns[0]?.primaryKeyConstraintName ?? null,
    deletedAt: metadata.deleteDateColumn?.propertyName ?? null,
  });
}

function mapColumn(dataSource: DataSource, metadata: EntityMetadata, column: ColumnMetadata): MappedColumn {
  const refuse = (what: string): never => {
    throw new Misuse(`${metadata.name}.${column.propertyName}: ${what} is not supported.`);
  };
  if ([column.propertyName, column.databaseName].some((name) => name.startsWith('#'))) refuse('a name with # in front');
  if (column.transformer !== undefined) refuse('a transformer');
  if (column.embeddedMetadata !== undefined) refuse('an embedded column');
  if (column.isVirtual || column.isVirtualProperty) refuse('a column that is not declared as such');
  if (column.isDiscriminator) refuse('a discriminator');
  if (!column.isSelect) refuse('select: false');
  if (String(column.type).startsWith('simple-')) refuse(`the type ${String(column.type)}`);
  return {
    property: column.propertyName,
    sql: quoteIdentifier(column.databaseName),
    type: typeOf(dataSource, metadata, column),
    nullable: column.isNullable,
    insertable: column.isInsert && column.generatedType === undefined,
    updatable: column.isUpdate && !column.isPrimary && column.generatedType === undefined,
    generation: generationOf(column),
    isCreateDate: column.isCreateDate,
    isUpdateDate: column.isUpdateDate,
    isVersion: column.isVersion,
  };
}

function generationOf({ isGenerated, generationStrategy }: ColumnMetadata): MappedColumn['generation'] {
  if (!isGenerated) return null;
  return generationStrategy === 'uuid' ? 'uuid' : 'sequence';
}

function typeOf(dataSource: DataSource, metadata: EntityMetadata, column: ColumnMetadata): ColumnType {
  const name = dataSource.driver.normalizeType(column);
  const options = { array: column.isArray };
  if (name !== 'enum') return columnType(name, options);
  const enumName = column.enumName ?? `${metadata.tableName}_${column.databaseName}_enum`;
  const path = metadata.schema === undefined ? [enumName] : [metadata.schema, enumName];
  const labels = column.enum === undefined ? {} : { labels: column.enum.map(String) };
  return enumColumnType(path.map(quoteIdentifier).join('.'), { ...options, ...labels });
}

function entityName(entity: EntityTarget<ObjectLiteral>): string {
  if (typeof entity === 'string') return entity;
  if (typeof entity === 'function') return entity.name;
  return 'options' in entity ? entity.options.name : String((entity as { name?: unknown }).name);
}
