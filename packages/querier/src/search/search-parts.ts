import { conditionParts } from '../condition/condition-parts.js';
import type { EntityShape } from '../entity/entity-shape.js';
import { SqlWriter } from '../entity/sql-writer.js';
import type { TextParts } from '../entity/text-parts.js';
import { orderParts } from '../order/order-parts.js';
import { type CheckedPagination, checkedPagination, checkedTotal, type Total } from '../page/pagination.js';
import { defaultLimits } from '../plain-data/limits.js';
import type { Scope } from '../scope/scope.js';
import { scopeParts } from '../scope/scope-parts.js';
import type { BatchQuerier } from './batch-querier.js';
import { limitClause } from './limit-clause.js';
import type { SearchContext } from './search-context.js';

/** What is another each time a search of the same text is asked for. */
export interface SearchValues {
  /** In the order of the text's parameters. */
  readonly values: readonly (string | null)[];
  readonly pagination: CheckedPagination;
  readonly total: Total;
  /** Whether the search itself says that cursors are not to be read. */
  readonly confidential: boolean;
}

/**
 * A search as parts of the text that `compileSearch` writes for it, with its values. Null for what is not of the common
 * form (a scope of equal columns, conditions and orders on columns, a page that goes on from no cursor) and for all that
 * has to be refused: then the compiler has the word.
 */
export function searchParts<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  querier: BatchQuerier<Row>,
  context: SearchContext,
  into: TextParts,
): SearchValues | null {
  try {
    return walked(shape, scope, querier, context, into);
  } catch {
    // The compiler says what it is and where, in the order in which it looks.
    return null;
  }
}

function walked<Row>(
  shape: EntityShape,
  scope: Scope<Row>,
  querier: BatchQuerier<Row>,
  context: SearchContext,
  into: TextParts,
): SearchValues | null {
  const { restriction, cursors, limits = defaultLimits } = context;
  const { conditions, orders, measureBoth, bindConditions, confidential } = querier;
  const pagination = checkedPagination(querier.pagination, limits.maxPageSize);
  const total = checkedTotal(querier.total);
  const page = pageParts(pagination);
  if (page === null || (page.needsCursors && cursors === null)) return null;

  const writer = new SqlWriter();
  into.and(restriction);
  if (!scopeParts(shape, scope, writer, into)) return null;
  into.and('conditions');
  if (!conditionParts(shape, conditions, writer, limits, into)) return null;
  into.and('orders');
  if (!orderParts(shape, orders, into)) return null;
  into.and(page.form);
  into.and(page.size);
  limitClause(pagination, writer);
  into.and(
    (total === 'none' ? 0 : total === 'exact' ? 1 : 2) |
      (measureBoth === true ? 4 : 0) |
      (bindConditions === false ? 8 : 0) |
      (cursors === null ? 16 : 0) |
      (context.rendersKeys === true ? 32 : 0),
  );
  if (typeof total === 'object') writer.text(String(total.atMost + 1), 'int8');
  return { values: writer.values, pagination, total, confidential: confidential === true };
}

/** How a page is asked for, with its size, which is a part of the text; null where it goes on from a cursor. */
function pageParts(
  pagination: CheckedPagination,
): { readonly form: string; readonly size: number; readonly needsCursors: boolean } | null {
  if ('limit' in pagination) {
    return { form: pagination.offset === 0 ? 'limit' : 'offset', size: pagination.limit, needsCursors: false };
  }
  if ('noPagination' in pagination) return { form: 'all', size: 0, needsCursors: false };
  if ('first' in pagination) {
    return pagination.after === null ? { form: 'first', size: pagination.first, needsCursors: true } : null;
  }
  return pagination.before === null ? { form: 'last', size: pagination.last, needsCursors: true } : null;
}
