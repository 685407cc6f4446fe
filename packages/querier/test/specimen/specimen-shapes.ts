import { type ColumnShape, type EntityShape, quoteIdentifier, type RelationShape } from '../../src/index.js';
import type { OraclePairs } from '../oracle/oracle-entity.js';
import { type SpecimenEntity, specimenEntities, type SpecimenRelation } from './specimens.js';

/** A property's column: of another name, as it often is. */
export const columnName = (property: string): string =>
  quoteIdentifier(property.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`));

const relations = new Map<SpecimenEntity, Map<string, RelationShape>>();
const shapes = new Map(specimenEntities.map((entity) => [entity, shape(entity)]));

function shape(entity: SpecimenEntity): EntityShape {
  const columns = new Map<string, ColumnShape>(
    Object.entries(entity.columns).map(([property, { type, nullable }]) => [
      property,
      { property, sql: columnName(property), type, nullable },
    ]),
  );
  const behind = new Map<string, RelationShape>();
  relations.set(entity, behind);
  return {
    name: entity.name,
    table: quoteIdentifier(entity.name),
    columns,
    relations: behind,
    selected: [...columns.values()],
    embedded: new Set(),
    list: Array.from(columns.values(), ({ sql }) => sql).join(', '),
    primaryKey: entity.primaryKey.map((property) => columns.get(property)!),
    deletedAt: entity.deletedAt === null ? null : columns.get(entity.deletedAt)!,
    kinds: null,
  };
}

const named = (pairs: OraclePairs) =>
  pairs.map(([own, other]): readonly [string, string] => [columnName(own), columnName(other)]);

function relationShape(property: string, { many, target, on, junction }: SpecimenRelation): RelationShape {
  return {
    property,
    many,
    target: shapes.get(target)!,
    on: named(on),
    junction: junction === null ? null : { table: quoteIdentifier(junction.table), on: named(junction.on) },
  };
}

for (const [entity, behind] of relations) {
  for (const [property, relation] of Object.entries(entity.relations)) {
    behind.set(property, relationShape(property, relation));
  }
}

/** The shape that the compiler is given of an entity. */
export function shapeOf(entity: SpecimenEntity): EntityShape {
  return shapes.get(entity)!;
}
