export { where, and, or, not } from './condition/where.js';
export { order } from './order/order.js';
export { orderExpression } from './order/order-expression.js';
export { textMatch } from './condition/text-match.js';
export { batchQuerier } from './search/batch-querier.js';
export { queryHash, sameQuery } from './search/query-hash.js';
export { Timestamp } from './entity/timestamp.js';
export { CursorCodec } from './page/cursor-codec.js';
export { avg, count, countDistinct, max, min, sum } from './aggregate/aggregate.js';
export { searchScope, SearchScope } from './scope/search-scope.js';
export { existenceCheck } from './scope/existence-check.js';
export { unscoped, Unscoped } from './scope/unscoped.js';
export { OutsideScope } from './scope/outside-scope.js';
export { entityShape } from './interop/entity-shape.js';
export { toSql } from './interop/to-sql.js';
export { conditionToSql } from './interop/condition-to-sql.js';
export { fields } from './fields/fields.js';
export { usualOperators } from './fields/usual-operators.js';
export { graphqlScalars } from './fields/graphql/graphql-scalars.js';
export { graphqlPageTypes } from './fields/graphql/graphql-page-types.js';
export { graphqlSearchTypes } from './fields/graphql/graphql-search-types.js';
export { graphqlSearchArguments } from './fields/graphql/graphql-search-arguments.js';
export { toConnection, Connection } from './fields/graphql/connection.js';
export { openApiParameters } from './fields/openapi/openapi-parameters.js';
export { openApiSearchBody } from './fields/openapi/openapi-search-body.js';
export { openApiPage } from './fields/openapi/openapi-page.js';

export type {
  QueryCondition,
  ScalarOperators,
  ArrayOperators,
  JsonOperators,
  JsonPathOperators,
  OneOperators,
  EmbeddedConditions,
  ManyOperators,
  IsoTime,
} from './condition/condition.js';
export type { QueryOrder, OrderOptions, OrderTerm } from './order/order.js';
export type { OrderExpression, OrderExpressionArgs } from './order/order-expression.js';
export type { TextMatchOptions } from './condition/text-match.js';
export type { QueryPart } from './search/query-hash.js';
export type { BatchQuerier, BatchQuerierArgs } from './search/batch-querier.js';
export type {
  Pagination,
  OffsetPagination,
  CursorForwardPagination,
  CursorBackwardPagination,
  NoPagination,
  Total,
} from './page/pagination.js';
export type { Aggregate, AggregateKind } from './aggregate/aggregate.js';
export type { AggregateOf, Aggregation, Figures, Group } from './aggregate/aggregation.js';
export type { Listing } from './search/compile-listing.js';
export type { Cursor } from './page/cursor.js';
export type { CursorBinding } from './page/cursor-binding.js';
export type { CursorCodecArgs } from './page/cursor-codec.js';
export type { Page } from './page/page.js';
export type { Scope } from './scope/scope.js';
export type { RelatedScope, RelatedScopes, SearchScopeArgs } from './scope/search-scope.js';
export type { ExistenceCheck } from './scope/existence-check.js';
export type { EntityShapeArgs } from './interop/entity-shape.js';
export type { ColumnDefinition } from './interop/column-definition.js';
export type { RelationDefinition, JunctionDefinition } from './interop/relation-definition.js';
export type { SqlSearch, ToSqlOptions } from './interop/to-sql.js';
export type { SqlCondition, ConditionToSqlOptions } from './interop/condition-to-sql.js';
export type { FieldSet, FieldSetOptions } from './fields/field-set.js';
export type {
  FieldDefinition,
  FieldDefinitions,
  ColumnField,
  RelationField,
  RelationOperator,
} from './fields/field-definition.js';
export type { FieldType, FieldOperator } from './fields/field-type.js';
export type { SearchBody, SearchCondition } from './fields/search-body.js';
export type { Edge, PageInfo } from './fields/graphql/connection.js';
export type { GraphqlSearchArgs } from './fields/graphql/graphql-search-types.js';
export type { OpenApiParameter } from './fields/openapi/openapi-parameters.js';
export type { OpenApiPlace } from './fields/openapi/condition-refs.js';
export type { JsonSchema } from './fields/openapi/json-schema.js';
export type { StandardSchema, StandardIssue, StandardResult } from './fields/standard/standard-schema.js';
export type { SearchParametersInput } from './fields/standard/search-parameters-input.js';
export type { QueryLimits } from './plain-data/limits.js';
export type {
  ColumnKey,
  ColumnPath,
  Embedded,
  Json,
  Jsonb,
  KeysOfKind,
  PathOfKind,
  Present,
  Related,
  Scalar,
  Transformed,
  ValueAt,
} from './entity/row-kinds.js';

// For packages that execute what is compiled here.
export {
  columnType,
  enumColumnType,
  convertedColumnType,
  encodeValue,
  encodeElement,
  encodeList,
  arrayLiteral,
} from './entity/column-type.js';
export { textList, valueList } from './entity/value-list.js';
export { quoteIdentifier } from './entity/entity-shape.js';
export { ownRows } from './entity/row-source.js';
export { rowsOfEntity } from './entity/rows-of-entity.js';
export { SqlWriter } from './entity/sql-writer.js';
export { compileCondition } from './condition/compile-condition.js';
export { holdsEmptyOperand } from './condition/holds-empty-operand.js';
export { compileScope, stampedValues, checkChangesStayInside } from './scope/compile-scope.js';
export { compileSearch } from './search/compile-search.js';
export { searchParts } from './search/search-parts.js';
export { pageOfText } from './search/page-of-text.js';
export { compileParentPages } from './search/compile-parent-pages.js';
export { projectedShape } from './search/projected-shape.js';
export { compileAggregation } from './aggregate/compile-aggregation.js';
export { compileListing } from './search/compile-listing.js';
export { compileFilter } from './search/compile-filter.js';
export { assemblePage } from './search/assemble-page.js';
export { defaultLimits } from './plain-data/limits.js';
export { escapePointer } from './plain-data/escape-pointer.js';
export { freeze } from './plain-data/freeze.js';
export { isSettled } from './plain-data/is-settled.js';
export { merged } from './plain-data/merged.js';
export { isPlainObject, plainObject } from './plain-data/plain-object.js';
export { visibleBehind } from './scope/visible-behind.js';
export { canonicalText } from './search/canonical-text.js';
export { scopesOf } from './scope/scope.js';

export type { ColumnKind } from './entity/column-kind.js';
export type { ColumnType } from './entity/column-type.js';
export type { ValueList } from './entity/value-list.js';
export type { Conversion } from './entity/conversion.js';
export type { ColumnShape, EntityShape, JoinColumns, RelationShape, RowKinds } from './entity/entity-shape.js';
export type { TextParts } from './entity/text-parts.js';
export type { SearchContext } from './search/search-context.js';
export type { ParentPagesStatement } from './search/compile-parent-pages.js';
export type { SearchValues } from './search/search-parts.js';
export type { AssembledPage, PageLead, PageStatement, PageText } from './search/page-statement.js';
export type { PageRows } from './search/assemble-page.js';
