export { StickyNoteRepositories } from './repositories.js';
export { StickyNoteRepository } from './sticky-note-repository.js';
export { StickyNoteConditions } from './sticky-note-conditions.js';
export { StickyNoteOrders } from './sticky-note-orders.js';
export { stickyNoteFields } from './sticky-note-fields.js';
export { domainScope } from './sticky-note-scopes.js';
export { stickyNoteId } from './sticky-note-id.js';
export { StickyNoteStatus, STICKY_NOTE_STATUSES, isLegalTransition, legalPredecessors } from './sticky-note-status.js';
export { StickyNoteNotFound } from './sticky-note-not-found.js';
export { StickyNoteAlreadyExists } from './sticky-note-already-exists.js';
export { StickyNoteStatusConflict } from './sticky-note-status-conflict.js';

export type { StandardRepositoryArgs as RepositoryArgs } from '@holdfast/standard-repository';
export type { StickyNoteId } from './sticky-note-id.js';
export type { StickyNoteInfo } from './sticky-note-info.js';
export type { StickyNoteCreationSpec } from './sticky-note-creation-spec.js';
export type { StickyNoteUpdate } from './sticky-note-update.js';

// For those who compose the parts themselves, or write conditions on rows.
export { StickyNoteDbSource } from './sticky-note-db-source.js';
export { stickyNoteRepositoryResilience, stickyNoteDbSourceResilience } from './sticky-note-resilience.js';
export { StickyNoteRow } from './sticky-note-row.js';
