import type { MigrationList } from '@holdfast/base';
import { CreateStickyNotes } from './create-sticky-notes.js';

/** The migrations of this package, in order; an application concatenates the lists of its packages. */
export const stickyNoteMigrations: MigrationList = Object.freeze([CreateStickyNotes]);
