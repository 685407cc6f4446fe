import { conditionParts } from '../condition/condition-parts.js';
import type { EntityShape } from '../entity/entity-shape.js';
import { SqlWriter } from '../entity/sql-writer.js';
import type { TextParts } from '../entity/text-parts.js';
import { orderParts } from '../order/order-parts.js';
import type { Cursor } from '../page/cursor.js';
import type { OpenedCursor } from '../page/cursor-payload.js';
import { type CheckedPagination, checkedPagination, checkedTotal, type Total } from '../page/pagination.js';
import { defaultLimits } from '../plain-data/limits.js';
import type { Scope } from '../scope/scope.js';
import { scopeParts } from '../scope/scope-parts.js';
import type { BatchQuerier } from './batch-querier.js';
import { limitClause } from './limit-clause.js';
import { positionParts } from './position-parts.js';
import type { SearchContext } from './search-context.js';

/** What is another each time a search of the same text is asked for. */
export interface SearchValues {
  /** In the order of the text's parameters. */
  readonly values: readonly (string | null)[];
  readonly pagination: CheckedPagination;
  readonly total: Total;
  /** Whether the search itself says that cursors are not to be read. */
  readonly confidential: boolean;
  /** What it goes on from. Whether that was made for this very search is only known by its text. */
  readonly cursor: OpenedCursor | null;
}

/**
 * A search as parts of the text that `compileSearch` writes for it, with its values. Null for what is not of the common
 * form (a scope of equal columns, conditions and orders on columns) and for all that has to be refused: then the compiler
 * has the word.
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
  if (page.needsCursors && cursors === null) return null;

  const writer = new SqlWriter();
  into.and(restriction);
  if (!scopeParts(shape, scope, writer, into)) return null;
  into.and('conditions');
  if (!conditionParts(shape, conditions, writer, limits, into)) return null;
  into.and('orders');
  if (!orderParts(shape, orders, into)) return null;
  into.and(page.form);
  into.and(page.size);
  const cursor = page.cursor === null ? null : cursors!.open(page.cursor);
  if (page.cursor !== null) {
    if (cursor === null) return null;
    positionParts(cursor.position, writer, into);
  }
  limitClause(pagination, writer);
  into.and(
    (total === 'none' ? 0 : total === 'exact' ? 1 : 2) |
      (measureBoth === true ? 4 : 0) |
      (bindConditions === false ? 8 : 0) |
      (cursors === null ? 16 : 0) |
      (context.rendersKeys === true ? 32 : 0),
  );
  if (typeof total === 'object') writer.text(String(total.atMost + 1), 'int8');
  return { values: writer.values, pagination, total, confidential: confidential === true, cursor };
}

/** How a page is asked for, with its size, which is a part of the text. */
interface PageParts {
  readonly form: string;
  readonly size: number;
  readonly needsCursors: boolean;
  readonly cursor: Cursor | null;
}

function pageParts(pagination: CheckedPagination): PageParts {
  if ('limit' in pagination) {
    const { limit: size, offset } = pagination;
    return { form: offset === 0 ? 'limit' : 'offset', size, needsCursors: false, cursor: null };
  }
  if ('noPagination' in pagination) return { form: 'all', size: 0, needsCursors: false, cursor: null };
  if ('first' in pagination) {
    const { first: size, after: cursor } = pagination;
    return { form: cursor === null ? 'first' : 'after', size, needsCursors: true, cursor };
  }
  const { last: size, before: cursor } = pagination;
  return { form: cursor === null ? 'last' : 'before', size, needsCursors: true, cursor };
}
