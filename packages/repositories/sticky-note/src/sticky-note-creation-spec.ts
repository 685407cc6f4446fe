import type { DomainName } from '@holdfast/domain-types';
import type { StickyNoteId } from './sticky-note-id.js';

/** What a sticky note is created from: a draft. The domain is needed unless the scope gives it. */
export interface StickyNoteCreationSpec {
  /** Default: a new one. */
  readonly id?: StickyNoteId;
  readonly domainName?: DomainName;
  /** Not empty. */
  readonly name: string;
  /** Default null. */
  readonly description?: string | null;
}
