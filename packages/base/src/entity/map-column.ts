import { Misuse } from '@holdfast/errors';
import { type ColumnType, quoteIdentifier } from '@holdfast/querier';
import type { DataSource, EntityMetadata } from 'typeorm';
import { columnTypeOf } from './column-type-of.js';
import type { MappedColumn } from './entity-mapping.js';
import { propertyOf } from './property-of.js';
import { propertyPointer } from './property-pointer.js';

type ColumnMetadata = EntityMetadata['columns'][number];

const groups: ReadonlySet<string> = new Set(['and', 'or', 'not']);

/** A column as TypeORM knows it. Throws Misuse, naming the column, for what is not supported. */
export function mapColumn(dataSource: DataSource, metadata: EntityMetadata, column: ColumnMetadata): MappedColumn {
  const path = propertyOf(column);
  const refuse = (what: string): never => {
    throw new Misuse(`${metadata.name}.${path.join('.')}: ${what}.`);
  };
  const stray = strayName(path) ?? (column.databaseName.startsWith('#') ? 'a name with # in front' : null);
  if (stray !== null) refuse(`${stray} is not supported`);
  const option = refusedOption(column);
  if (option !== null) refuse(`${option} is not supported`);
  const type = typeOf(dataSource, metadata, column, refuse);
  const isMade = column.generatedType !== undefined || column.generatedIdentity === 'ALWAYS';
  const isWritable = !isMade && !column.isDiscriminator && metadata.tableType !== 'view';
  return {
    property: path.join('.'),
    pointer: propertyPointer(path.join('.')),
    sql: quoteIdentifier(column.databaseName),
    type,
    nullable: column.isNullable,
    hidden: !column.isSelect,
    insertable: isWritable && !column.isVersion && column.isInsert,
    updatable: isWritable && !column.isVersion && !column.isDeleteDate && column.isUpdate && !column.isPrimary,
    generation: generationOf(column),
    isCreateDate: column.isCreateDate,
    isUpdateDate: column.isUpdateDate,
    isVersion: column.isVersion,
  };
}

/** What is wrong with the names on the way to a column: statements and conditions give them another meaning. */
function strayName(path: readonly string[]): string | null {
  if (path.some((name) => name.startsWith('#'))) return 'a name with # in front';
  if (path.some((name) => name.includes('.'))) return 'a name with a dot';
  return path.includes('__proto__') || groups.has(path[0]!) ? 'a property of that name' : null;
}

function refusedOption(column: ColumnMetadata): string | null {
  if (column.isVirtualProperty) return 'a column that is a query';
  if (column.isPrimary && column.embeddedMetadata !== undefined) return 'a primary key in an embedded object';
  if (!column.isSelect && column.isPrimary) return 'select: false of the primary key';
  if (!column.isSelect && column.isVersion) return 'select: false of a version';
  if (column.isArray && String(column.type).startsWith('simple-')) return `a list of ${String(column.type)}`;
  const isTransformed = column.transformer !== undefined;
  // pg makes an object of it, which is what a transformer that is written for TypeORM expects.
  if (isTransformed && column.type === 'interval') return 'a transformer of an interval';
  if (isTransformed && (column.isVersion || column.isDiscriminator))
    return 'a transformer of what TypeORM writes itself';
  return null;
}

function typeOf(
  dataSource: DataSource,
  metadata: EntityMetadata,
  column: ColumnMetadata,
  refuse: (what: string) => never,
): ColumnType {
  try {
    return columnTypeOf(dataSource, metadata, column);
  } catch (error) {
    if (error instanceof Misuse) return refuse(error.message.replace(/\.$/, ''));
    throw error;
  }
}

function generationOf({ isGenerated, generationStrategy }: ColumnMetadata): MappedColumn['generation'] {
  if (!isGenerated) return null;
  return generationStrategy === 'uuid' ? 'uuid' : 'sequence';
}
