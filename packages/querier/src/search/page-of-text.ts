import type { CursorCodec } from '../page/cursor-codec.js';
import type { AssembledPage, PageText } from './page-statement.js';
import { SearchBinding } from './search-binding.js';
import type { SearchValues } from './search-parts.js';

/** What a page is made with that is read by a text that is known already, with the values of this time. */
export function pageOfText(text: PageText, asked: SearchValues, cursors: CursorCodec | null): AssembledPage {
  const { values, pagination, total, confidential } = asked;
  return {
    pagination,
    total,
    leads: text.leads,
    binding: new SearchBinding(text.bound, values, confidential),
    cursors,
  };
}
