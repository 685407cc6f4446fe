/** How far a sticky note has come. */
export const StickyNoteStatus = Object.freeze({
  DRAFT: 'DRAFT',
  ACTIVE: 'ACTIVE',
  /** Out of use; it may become active again. */
  ARCHIVED: 'ARCHIVED',
});

export type StickyNoteStatus = (typeof StickyNoteStatus)[keyof typeof StickyNoteStatus];

export const STICKY_NOTE_STATUSES: readonly StickyNoteStatus[] = Object.freeze(Object.values(StickyNoteStatus));

const successors: Readonly<Record<StickyNoteStatus, readonly StickyNoteStatus[]>> = {
  DRAFT: ['ACTIVE'],
  ACTIVE: ['ARCHIVED'],
  ARCHIVED: ['ACTIVE'],
};

/** Whether a sticky note may go from one status straight to another. No status follows itself. */
export function isLegalTransition(from: StickyNoteStatus, to: StickyNoteStatus): boolean {
  return successors[from].includes(to);
}

/** The statuses that a sticky note may come from. */
export function legalPredecessors(to: StickyNoteStatus): readonly StickyNoteStatus[] {
  return STICKY_NOTE_STATUSES.filter((from) => isLegalTransition(from, to));
}
