export { where, and, or, not } from './where.js';
export { order } from './order.js';
export { textMatch } from './text-match.js';
export { batchQuerier } from './batch-querier.js';
export { CursorCodec } from './cursor-codec.js';
export { searchScope, SearchScope } from './search-scope.js';
export { unscoped, Unscoped } from './unscoped.js';
export { OutsideScope } from './outside-scope.js';
export { fields } from './fields.js';

export type { QueryCondition, ScalarOperators, ArrayOperators, JsonOperators } from './condition.js';
export type { QueryOrder, OrderOptions } from './order.js';
export type { TextMatchOptions } from './text-match.js';
export type { BatchQuerier, BatchQuerierArgs } from './batch-querier.js';
export type {
  Pagination,
  OffsetPagination,
  CursorForwardPagination,
  CursorBackwardPagination,
  NoPagination,
  Total,
} from './pagination.js';
export type { Cursor } from './cursor.js';
export type { CursorCodecArgs, CursorBinding } from './cursor-codec.js';
export type { Page } from './page.js';
export type { Scope } from './scope.js';
export type { SearchScopeArgs } from './search-scope.js';
export type { FieldSet } from './field-set.js';
export type { FieldDefinition, FieldDefinitions, FieldType } from './field-definition.js';
export type { QueryLimits } from './limits.js';
export type { ColumnKey, Json, Jsonb, KeysOfKind, Scalar } from './row-kinds.js';

// For packages that execute what is compiled here.
export { columnType, enumColumnType, encodeValue, encodeElement, encodeList, arrayLiteral } from './column-type.js';
export { quoteIdentifier } from './entity-shape.js';
export { SqlWriter } from './sql-writer.js';
export { compileCondition, escapePointer } from './compile-condition.js';
export { compileScope, stampedValues, checkChangesStayInside } from './compile-scope.js';
export { compileSearch, compileFilter } from './compile-search.js';
export { assemblePage } from './assemble-page.js';
export { defaultLimits } from './limits.js';
export { freeze } from './freeze.js';
export { scopesOf } from './scope.js';

export type { ColumnKind } from './column-kind.js';
export type { ColumnType } from './column-type.js';
export type { ColumnShape, EntityShape } from './entity-shape.js';
export type { PageStatement, SearchContext } from './compile-search.js';
export type { PageRows } from './assemble-page.js';
