import { type Branded, uuidText } from '@holdfast/domain-types';

/** The id of a sticky note: a UUID in canonical lower case. */
export type StickyNoteId = Branded<string, 'StickyNoteId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function stickyNoteId(text: string, pointer = 'stickyNoteId'): StickyNoteId {
  return uuidText(text, 'sticky note id', pointer) as StickyNoteId;
}
