import {
  type BatchQuerier,
  compileSearch,
  type CursorCodec,
  type QueryLimits,
  type Scope,
  scopesOf,
} from '@holdfast/querier';
import type { EntityTarget, ObjectLiteral, SelectQueryBuilder } from 'typeorm';
import { EntityCatalog } from '../entity/entity-catalog.js';
import { compileExistenceChecks } from '../specs/existence-checks.js';
import { AppliedSearch } from './applied-search.js';
import { checkBuilder } from './check-builder.js';
import { matchingRows } from './matching-rows.js';
import { pageQuery } from './page-query.js';
import { scopeJoins } from './scope-joins.js';
import { SqlInserts } from './sql-inserts.js';

/** What a search over a query builder may be told. */
export interface ApplyToOptions {
  /** Signs the cursors, as that of a Database does. Without one, pages by cursor are refused, and others have none. */
  readonly cursors?: CursorCodec;
  /** How large conditions, lists and pages may be. Default `defaultLimits`. */
  readonly limits?: QueryLimits;
}

/**
 * A search over a query builder of TypeORM: the builder says which relations are loaded, the querier which rows are on the
 * page, and the scope whose rows can be seen at all. `await applyTo(builder, scope, querier, { cursors }).getPage()`.
 *
 * The page is chosen first and joined by its primary key, all in one statement: joins neither shorten it nor change its
 * order. A WHERE and the inner joins of the builder choose rows of the page too, in brackets of their own and within the
 * scope; what is loaded behind a relation is chosen by the condition of its join alone. Joined relations are restricted
 * to what the scope's `related` says. Rows that TypeORM knows as deleted are seen only `withDeleted()`.
 *
 * The builder is not changed, and changes of it afterwards change nothing here. Throws Misuse for a builder that has an
 * order, a limit, a lock, a grouping or a cache, that joins what is no relation, or a relation that the scope does not
 * name; and InvalidInput as every search does.
 */
export function applyTo<Row extends ObjectLiteral>(
  builder: SelectQueryBuilder<Row>,
  scope: Scope<Row>,
  batchQuerier: BatchQuerier<Row>,
  options: ApplyToOptions = {},
): AppliedSearch<Row> {
  checkBuilder(builder);
  const { cursors = null, limits } = options;
  const own = builder.clone();
  const { mainAlias, withDeleted } = own.expressionMap;
  const catalog = new EntityCatalog(builder.dataSource, cursors);
  const mapping = catalog.mappingOf(mainAlias!.target as EntityTarget<ObjectLiteral>);
  const inserts = new SqlInserts();
  scopeJoins(own, catalog, scope, inserts);
  const matching = matchingRows(own, mapping, inserts);
  const parts = [
    mapping.deletedAt === null || withDeleted ? null : `${mapping.deletedAt.sql} IS NULL`,
    matching === null ? null : matching.restriction,
  ].filter((part) => part !== null);
  const statement = compileSearch(mapping, scope, batchQuerier, {
    restriction: parts.length === 0 ? null : parts.join(' AND '),
    cursors,
    rendersKeys: true,
    ...(limits === undefined ? {} : { limits }),
  });
  const [text, values] = pageQuery(own, mapping, statement, matching, inserts);
  const checks = (scopesOf(scope) ?? []).flatMap(({ existenceChecks }) => existenceChecks);
  return new AppliedSearch({ builder: own, statement, text, values, checks: compileExistenceChecks(catalog, checks) });
}
