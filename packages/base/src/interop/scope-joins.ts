import { Misuse } from '@holdfast/errors';
import { ownRows, quoteIdentifier, rowsOfEntity, type Scope, SqlWriter, visibleBehind } from '@holdfast/querier';
import type { EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import type { EntityCatalog } from '../entity/entity-catalog.js';
import type { SqlInserts } from './sql-inserts.js';

/**
 * Puts into each join what the scope lets be seen behind its relation, and brackets around what it said itself. Throws
 * Misuse for a join of something else than a relation, or of one that the scope does not name.
 */
export function scopeJoins<Row extends ObjectLiteral>(
  { expressionMap: map }: SelectQueryBuilder<Row>,
  catalog: EntityCatalog,
  scope: Scope<Row>,
  inserts: SqlInserts,
): void {
  const seen = new Map([[map.mainAlias!.name, visibleBehind(scope)]]);
  for (const join of map.joinAttributes) {
    const { relation, parentAlias, metadata } = join;
    const alias = join.alias.name;
    const around = seen.get(parentAlias ?? '');
    if (relation === undefined || metadata === undefined || around === undefined) {
      throw new Misuse(`The builder joins ${alias} by no relation: nothing says whose rows they are.`);
    }
    const parent = catalog.mappingOf(relation.entityMetadata.target as EntityTarget<ObjectLiteral>);
    const shape = parent.relations.get(relation.propertyPath)!;
    const visible = around.behind(shape, ownRows(parent, quoteIdentifier(parentAlias!)));
    seen.set(alias, visible.related);

    const writer = new SqlWriter();
    const behind = ownRows(shape.target, quoteIdentifier(alias));
    const restriction = visible.restriction(behind, writer);
    const kinds = rowsOfEntity(behind);
    const { deletedAt } = shape.target;
    const parts = [
      // TypeORM adds its own filter of deleted rows without brackets around an OR.
      join.condition === undefined || join.condition === '' ? null : `(${join.condition})`,
      deletedAt === null || map.withDeleted ? null : `${quoteIdentifier(alias)}.${deletedAt.sql} IS NULL`,
      kinds === 'TRUE' ? null : inserts.add(kinds, []),
      restriction === 'TRUE' ? null : inserts.add(restriction, writer.values),
    ].filter((part) => part !== null);
    if (parts.length > 0) join.condition = parts.join(' AND ');
    // A clone asks the builder that it was cloned from, when it is first asked.
    join.isSelectedCache = join.isSelected;
  }
}
