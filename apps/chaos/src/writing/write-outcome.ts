import type { Write } from './write.js';

/**
 * What a caller was told: `acknowledged`, with what the call returned; `failed`, by an error that says or implies that
 * nothing is stored; `ambiguous`, by one that says that this is not known.
 */
export interface WriteOutcome {
  readonly write: Write;
  readonly told: 'acknowledged' | 'failed' | 'ambiguous';
  /** The value that the call returned; null where an error told. */
  readonly returned: string | null;
}
