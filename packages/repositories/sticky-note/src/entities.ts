import type { EntitySchema } from 'typeorm';
import { StickyNoteRow } from './sticky-note-row.js';

/** The entities of this package, for the `entities` of a DataSource. */
export const stickyNoteEntities: readonly EntitySchema[] = Object.freeze([StickyNoteRow] as EntitySchema[]);
