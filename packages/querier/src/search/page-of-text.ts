import type { CursorCodec } from '../page/cursor-codec.js';
import type { AssembledPage, PageText } from './page-statement.js';
import { SearchBinding } from './search-binding.js';
import type { SearchValues } from './search-parts.js';

/**
 * What a page is made with that is read by a text that is known already, with the values of this time. Null where it goes
 * on from a cursor that was made for another search, which the compiler has to refuse.
 */
export function pageOfText(text: PageText, asked: SearchValues, cursors: CursorCodec | null): AssembledPage | null {
  const { values, pagination, total, confidential, cursor } = asked;
  const binding = new SearchBinding(text.bound, values, confidential);
  if (cursor !== null && !cursor.isFor(binding, text.bound.args.keys.length)) return null;
  return { pagination, total, leads: text.leads, binding, cursors };
}
