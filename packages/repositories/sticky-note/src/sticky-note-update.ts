import type { OptionalState, TriState } from '@holdfast/base';

/** What of a sticky note is changed: what is absent is left, null sets NULL. The status has its own way, `updateStatus`. */
export interface StickyNoteUpdate {
  /** Not empty. */
  readonly name?: string | OptionalState<string>;
  readonly description?: string | null | TriState<string>;
}
