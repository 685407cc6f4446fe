import type { Changes, UpdaterSpec } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { StickyNoteRow } from './sticky-note-row.js';
import type { StickyNoteUpdate } from './sticky-note-update.js';

const changeable: ReadonlySet<string> = new Set<keyof StickyNoteUpdate>(['name', 'description']);

/**
 * The changes of a row. Throws `InvalidInput` (`UNKNOWN_FIELD`) for what is not changed this way, also where types were
 * got around.
 */
export function stickyNoteUpdater(update: StickyNoteUpdate): UpdaterSpec<StickyNoteRow> {
  const stray = Object.keys(update).find((property) => !changeable.has(property));
  if (stray !== undefined) throw new InvalidInput('UNKNOWN_FIELD', `${stray} cannot be changed.`, `/${stray}`);
  return { changes: update satisfies Changes<StickyNoteRow> };
}
