import { Misuse } from '@holdfast/errors';
import type { ObjectLiteral, SelectQueryBuilder } from 'typeorm';

/** Refuses a builder that says what only the querier may say, or what would escape the scope. Throws Misuse. */
export function checkBuilder<Row extends ObjectLiteral>(builder: SelectQueryBuilder<Row>): void {
  const { dataSource, expressionMap: map } = builder;
  if (dataSource.options.type !== 'postgres') throw new Misuse('applyTo() is for PostgreSQL.');
  const froms = map.aliases.filter(({ type }) => type === 'from');
  if (map.queryType !== 'select' || froms.length !== 1 || map.mainAlias?.hasMetadata !== true) {
    throw new Misuse('applyTo() needs a builder that selects from one entity.');
  }
  const { name, metadata } = map.mainAlias;
  const columns = metadata.columns.map(({ propertyPath }) => `${name}.${propertyPath}`);
  if (!map.selects.some(({ selection }) => selection === name || columns.includes(selection))) {
    throw new Misuse(`${name} is not selected: a page consists of entities.`);
  }
  const said = Object.entries(decidedElsewhere(builder)).find(([, isSaid]) => isSaid);
  if (said !== undefined) throw new Misuse(`The builder says ${said[0]}, which is for the querier to say.`);
  const second = Object.entries(furtherStatements(builder)).find(([, isSaid]) => isSaid);
  if (second !== undefined) throw new Misuse(`The builder says ${second[0]}: what it reads would ignore the scope.`);
}

/** What the page decides, or what would change which rows are on it. */
function decidedElsewhere<Row extends ObjectLiteral>({ expressionMap: map }: SelectQueryBuilder<Row>) {
  return {
    take: given(map.take),
    skip: given(map.skip),
    limit: given(map.limit),
    offset: given(map.offset),
    orderBy: Object.keys(map.orderBys).length > 0,
    groupBy: map.groupBys.length > 0,
    having: map.havings.length > 0,
    distinct: map.selectDistinct || map.selectDistinctOn.length > 0,
    setLock: given(map.lockMode),
    addCommonTableExpression: map.commonTableExpressions.length > 0,
  };
}

/** What TypeORM reads by statements of its own, or answers from what it once read. */
function furtherStatements<Row extends ObjectLiteral>(builder: SelectQueryBuilder<Row>) {
  const { expressionMap: map } = builder;
  const { relationMetadatas } = builder as unknown as { readonly relationMetadatas: readonly unknown[] };
  return {
    cache: map.cache === true,
    loadRelationIds: map.relationIdAttributes.length > 0,
    '@RelationId': map.aliases.some((alias) => alias.hasMetadata && alias.metadata.relationIds.length > 0),
    'lazy: true': map.aliases.some((alias) => alias.hasMetadata && alias.metadata.lazyRelations.length > 0),
    'relationLoadStrategy: query': relationMetadatas.length > 0,
  };
}

function given(value: unknown): boolean {
  return value !== undefined && value !== null;
}
