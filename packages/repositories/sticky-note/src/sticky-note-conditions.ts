import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { StickyNoteRow } from './sticky-note-row.js';
import type { StickyNoteStatus } from './sticky-note-status.js';

type Condition = QueryCondition<StickyNoteRow>;

/** Conditions on sticky notes. What they do not cover is written with `where<StickyNoteRow>({ … })`. */
export const StickyNoteConditions = Object.freeze({
  nameEquals: (name: string): Condition => where<StickyNoteRow>({ name: { eq: name } }),
  nameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<StickyNoteRow>('name', 'contains', text, options),
  statusIn: (statuses: readonly StickyNoteStatus[]): Condition => where<StickyNoteRow>({ status: { in: statuses } }),
  /** Strictly before. */
  createdBefore: (moment: Date): Condition => where<StickyNoteRow>({ createdAt: { lt: moment } }),
});
