import type { Changes, UpdaterSpec } from '@holdfast/base';
import { checkChanges } from '@holdfast/standard-repository';
import type { StickyNoteRow } from './sticky-note-row.js';
import type { StickyNoteUpdate } from './sticky-note-update.js';

const changeable: ReadonlySet<string> = new Set<keyof StickyNoteUpdate>(['name', 'description']);

/**
 * The changes of a row. Throws `InvalidInput` (`UNKNOWN_FIELD`) for what is not changed this way, also where types were
 * got around.
 */
export function stickyNoteUpdater(update: StickyNoteUpdate): UpdaterSpec<StickyNoteRow> {
  checkChanges(update, changeable);
  return { changes: update satisfies Changes<StickyNoteRow> };
}
