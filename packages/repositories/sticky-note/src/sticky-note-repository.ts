import type { WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { standardRepository, type StatementsOf, transitionStatements } from '@holdfast/standard-repository';
import { StickyNoteDbSource } from './sticky-note-db-source.js';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteInfo } from './sticky-note-info.js';
import { stickyNoteRepositoryResilience } from './sticky-note-resilience.js';
import type { StickyNoteRow } from './sticky-note-row.js';
import type { StickyNoteStatus } from './sticky-note-status.js';

/** Sticky notes. Each is created as a draft; its name is its own in its domain, and free again once it is deleted. */
export class StickyNoteRepository extends standardRepository(stickyNoteRepositoryResilience, StickyNoteDbSource) {
  static readonly statements: StatementsOf<StickyNoteRepository> = { updateStatus: () => transitionStatements };

  /**
   * Moves a sticky note to a status and keeps the time in `statusChangedAt`. Throws `StickyNoteNotFound`, and
   * `StickyNoteStatusConflict` if the status cannot follow the current one, or is it.
   */
  @stickyNoteRepositoryResilience.apply()
  updateStatus(
    scope: Scope<StickyNoteRow>,
    id: StickyNoteId,
    status: StickyNoteStatus,
    options?: WriteOptions,
  ): Promise<StickyNoteInfo> {
    return this.dbSource.updateStatus(scope, id, status, options);
  }
}
