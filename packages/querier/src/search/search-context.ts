import type { CursorCodec } from '../page/cursor-codec.js';
import type { QueryLimits } from '../plain-data/limits.js';

/** What a search is compiled with besides its own parts. */
export interface SearchContext {
  /** What every search of the entity is restricted to besides its scope, as SQL, e.g. to rows that are not deleted.
   * It must be able to stand in an AND without brackets. */
  readonly restriction: string | null;
  /** Null where the application has no codec: pages by cursor are refused. */
  readonly cursors: CursorCodec | null;
  readonly limits?: QueryLimits;
  /**
   * Whether the keys of the order are selected once more as text that is the same in every session. Needed where the
   * rows are not read from PostgreSQL's own text in the ISO DateStyle. Default false.
   */
  readonly rendersKeys?: boolean;
}
