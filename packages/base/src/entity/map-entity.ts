import { Misuse } from '@holdfast/errors';
import type { DataSource, EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import { EntityMapping } from './entity-mapping.js';
import { kindsOf } from './kinds-of.js';
import { mapColumn } from './map-column.js';
import { mapRelations } from './map-relations.js';
import { propertyOf } from './property-of.js';
import { tableOf } from './table-of.js';

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
  const refuse = (what: string): never => {
    throw new Misuse(`${metadata.name}: ${what} is not supported.`);
  };
  if (metadata.treeType !== undefined) refuse('a tree, whose further columns and tables TypeORM keeps up,');
  if (metadata.primaryColumns.length === 0) refuse('an entity without a primary key');
  const columns = metadata.columns.map((column) => mapColumn(dataSource, metadata, column));
  const twice = columns.find(({ property }, i) => columns.findIndex((one) => one.property === property) !== i);
  if (twice !== undefined) refuse(`a foreign key in the column ${twice.sql}, beside the property ${twice.property},`);
  const pathOf = (column: EntityMetadata['columns'][number] | undefined): string | null =>
    column === undefined ? null : propertyOf(column).join('.');
  const { discriminatorColumn } = metadata;
  return new EntityMapping({
    name: metadata.name,
    table: tableOf(metadata),
    columns,
    embedded: new Set(allEmbedded(metadata.embeddeds).map(({ propertyPath }) => propertyPath)),
    relations: () => mapRelations(metadata, mappingOf),
    primaryKey: metadata.primaryColumns.map((column) => pathOf(column)!),
    primaryKeyName: metadata.primaryColumns[0]?.primaryKeyConstraintName ?? null,
    deletedAt: pathOf(metadata.deleteDateColumn),
    kinds: kindsOf(metadata),
    discriminator:
      discriminatorColumn === undefined
        ? null
        : { property: pathOf(discriminatorColumn)!, value: String(metadata.discriminatorValue) },
  });
}

function allEmbedded(embeddeds: EntityMetadata['embeddeds']): EntityMetadata['embeddeds'] {
  return embeddeds.flatMap((one) => [one, ...allEmbedded(one.embeddeds)]);
}

function entityName(entity: EntityTarget<ObjectLiteral>): string {
  if (typeof entity === 'string') return entity;
  if (typeof entity === 'function') return entity.name;
  return 'options' in entity ? entity.options.name : String((entity as { name?: unknown }).name);
}
