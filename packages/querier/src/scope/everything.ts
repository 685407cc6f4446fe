import type { RelatedRows } from '../condition/related-rows.js';

/** Everything, behind every relation: for no scope at all, and for what is itself a scope's word. */
export const everything: RelatedRows = { behind: () => ({ restriction: () => 'TRUE', related: everything }) };
