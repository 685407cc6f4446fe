import type { LandedFaults } from './faults/landed-faults.js';
import type { LevelName } from './levels/level-name.js';

/** What a run comes to: one line of JSON. */
export interface ChaosReport {
  /** Logical writes, however often each was sent. */
  readonly writes: number;
  readonly acknowledged: number;
  /** Refused by an error that says or implies that nothing is stored. */
  readonly failed: number;
  /** Ended with an error that says that it is not known. */
  readonly ambiguous: number;
  readonly duplicates: number;
  readonly lost: number;
  readonly failedButCommitted: number;
  readonly unexplained: number;
  /** Commits whose answer was lost, and of which it was found out what became of them. */
  readonly resolved: number;
  readonly resolveP50Millis: number | null;
  readonly resolveP99Millis: number | null;
  readonly landedFaults: LandedFaults;
  readonly seed: number;
  readonly level: LevelName;
  readonly faults: string;
  readonly seconds: number;
}
