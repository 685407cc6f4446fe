import type { DomainName } from '@holdfast/domain-types';
import type { StickyNoteId } from './sticky-note-id.js';
import type { StickyNoteStatus } from './sticky-note-status.js';

/** A sticky note as callers see it: plain data, frozen. */
export interface StickyNoteInfo {
  readonly id: StickyNoteId;
  /** The domain that it belongs to. */
  readonly domainName: DomainName;
  /** Its own among those of its domain that are not deleted. */
  readonly name: string;
  readonly description: string | null;
  readonly status: StickyNoteStatus;
  readonly statusChangedAt: Date;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Set while it is soft-deleted. */
  readonly deletedAt: Date | null;
}
