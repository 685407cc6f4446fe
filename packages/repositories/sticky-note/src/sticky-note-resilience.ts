import { repositoryResilience, sourceResilience } from '@holdfast/resilience';

/** `metrics(retry(call))` of every repository operation on sticky notes. */
export const stickyNoteRepositoryResilience = repositoryResilience('sticky_note_repository');

/** `metrics(call)` of every database operation on sticky notes. */
export const stickyNoteDbSourceResilience = sourceResilience('sticky_note_db_source');
