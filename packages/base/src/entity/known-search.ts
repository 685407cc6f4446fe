import type { PageText } from '@holdfast/querier';
import type { Statement } from '../wire/statement.js';

/** What is kept of searches of one shape. */
export interface KnownSearch {
  readonly statement: Statement;
  readonly text: PageText;
}
