import { Misuse } from '@holdfast/errors';
import { type JoinColumns, quoteIdentifier, type RelationShape } from '@holdfast/querier';
import type { EntityMetadata, EntityTarget, ObjectLiteral } from 'typeorm';
import type { EntityMapping } from './entity-mapping.js';
import { tableOf } from './table-of.js';

type RelationMetadata = EntityMetadata['relations'][number];
type ColumnMetadata = EntityMetadata['columns'][number];

/** The relations of an entity, by property (of embedded ones with the dots of their path). Their targets are mapped when they are asked for. */
export function mapRelations(
  metadata: EntityMetadata,
  mappingOf: (entity: EntityTarget<ObjectLiteral>) => EntityMapping,
): ReadonlyMap<string, RelationShape> {
  return new Map(
    metadata.relations.map((relation): [string, RelationShape] => {
      const property = relation.propertyPath;
      const joins = joinsOf(relation);
      return [
        property,
        {
          property,
          many: relation.isOneToMany || relation.isManyToMany,
          get target() {
            return mappingOf(relation.inverseEntityMetadata.target as EntityTarget<ObjectLiteral>);
          },
          ...joins,
        },
      ];
    }),
  );
}

function joinsOf(relation: RelationMetadata): Pick<RelationShape, 'on' | 'junction'> {
  if (relation.isManyToMany) {
    // The owner's columns of the junction, and the other side's.
    const owner = relation.isOwning ? relation : relation.inverseRelation!;
    const [near, far] = relation.isOwning
      ? [owner.joinColumns, owner.inverseJoinColumns]
      : [owner.inverseJoinColumns, owner.joinColumns];
    const table = tableOf(relation.junctionEntityMetadata!);
    return { on: near.map(toReferenced), junction: { table, on: far.map(fromReferenced) } };
  }
  if (relation.isOwning) return { on: relation.joinColumns.map(fromReferenced), junction: null };
  const { inverseRelation } = relation;
  if (inverseRelation === undefined) throw new Misuse(`${relation.propertyPath}: a relation needs its inverse side.`);
  return { on: inverseRelation.joinColumns.map(toReferenced), junction: null };
}

/** From the foreign key to what it references. */
function fromReferenced(column: ColumnMetadata): JoinColumns[number] {
  return [quoteIdentifier(column.databaseName), quoteIdentifier(column.referencedColumn!.databaseName)];
}

/** The other way round. */
function toReferenced(column: ColumnMetadata): JoinColumns[number] {
  const [own, referenced] = fromReferenced(column);
  return [referenced, own];
}
