import { type ColumnType, columnType, convertedColumnType, enumColumnType, quoteIdentifier } from '@holdfast/querier';
import type { DataSource, EntityMetadata } from 'typeorm';
import { conversionOf } from './conversion-of.js';

type ColumnMetadata = EntityMetadata['columns'][number];

/** The type of a column of TypeORM's. Throws Misuse for one that is not supported. */
export function columnTypeOf(dataSource: DataSource, metadata: EntityMetadata, column: ColumnMetadata): ColumnType {
  const stored = storedType(dataSource, metadata, column);
  const conversion = conversionOf(column);
  return conversion === null ? stored : convertedColumnType(stored, conversion);
}

function storedType(dataSource: DataSource, metadata: EntityMetadata, column: ColumnMetadata): ColumnType {
  const name = dataSource.driver.normalizeType(column);
  const options = { array: column.isArray };
  if (name !== 'enum') return columnType(name, options);
  // As TypeORM names the type that it makes, whose name may bring a schema of its own.
  const enumName = (column.enumName ?? `${metadata.tableName}_${column.databaseName.toLowerCase()}_enum`).split('.');
  const path = metadata.schema === undefined || enumName.length > 1 ? enumName : [metadata.schema, ...enumName];
  const labels = column.enum === undefined ? {} : { labels: Object.freeze([...column.enum]) };
  return enumColumnType(path.map(quoteIdentifier).join('.'), { ...options, ...labels });
}
