import {
  type AssembledPage,
  type BatchQuerier,
  isSettled,
  pageOfText,
  type PageStatement,
  type PageText,
  type Scope,
  type SearchContext,
  searchParts,
} from '@holdfast/querier';
import type { EntityMapping } from '../entity/entity-mapping.js';
import type { Step } from '../wire/statement.js';

/** A search ready to be sent, and what its page is made with. */
interface SearchStep extends Step {
  readonly page: AssembledPage;
}

/** From a search to the operands of its conditions. */
const LEVELS = 4;

/** A search by its shape; `compiled` writes its text where that is new, or not known by its parts. */
export function searchInShape<Row>(
  mapping: EntityMapping,
  scope: Scope<Row>,
  batchQuerier: BatchQuerier<Row>,
  context: SearchContext,
  compiled: () => PageStatement,
): SearchStep {
  const shape = mapping.searches.of('search');
  const asked = searchParts(mapping, scope, batchQuerier, context, shape);
  if (asked !== null && shape.kept !== null) {
    const { statement, text } = shape.kept;
    const page = pageOfText(text, asked, context.cursors);
    if (page !== null) return { statement, values: asked.values, page };
  }
  const page = compiled();
  const statement = mapping.returningPage(page);
  // It was read twice: what might have said something else the second time is not kept.
  if (asked !== null && isSettled(batchQuerier, LEVELS)) {
    shape.keep({ statement, text: textOf(page) }, page.values, asked.values);
  }
  return { statement, values: page.values, page };
}

/** Nothing of a page but its text: neither values nor whose they are. */
function textOf({ sql, leads, extra, keys, order, bound }: PageStatement): PageText {
  return { sql, leads, extra, keys, order, bound };
}
