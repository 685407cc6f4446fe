import { expect } from '@jest/globals';
import { type BatchQuerier, compileSearch, type CursorCodec, type Scope } from '@holdfast/querier';
import type { EntityMapping } from '../../src/entity/entity-mapping.js';
import { searchInShape } from '../../src/specs/search-in-shape.js';
import type { ArticleRow } from '../fixture/article-row.js';

/** How many searches were compiled, one after the other; each has the text and the values that it has when compiled. */
export function compilationsOf(
  mapping: EntityMapping,
  cursors: CursorCodec,
  searches: readonly (readonly [Scope<ArticleRow>, BatchQuerier<ArticleRow>, restriction?: string])[],
): number {
  let count = 0;
  for (const [scope, querier, restriction = null] of searches) {
    const context = { restriction, cursors };
    const fresh = compileSearch(mapping, scope, querier, context);
    const { statement, values } = searchInShape(mapping, scope, querier, context, () => {
      count += 1;
      return compileSearch(mapping, scope, querier, context);
    });
    expect([statement.sql, values]).toEqual([fresh.sql, fresh.values]);
  }
  return count;
}
