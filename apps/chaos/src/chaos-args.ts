import type { FaultName } from './faults/fault-name.js';
import type { LevelName } from './levels/level-name.js';

/** What a run is told. */
export interface ChaosArgs {
  readonly writes: number;
  readonly seed: number;
  readonly level: LevelName;
  readonly faults: readonly FaultName[];
  /** How often connections that are silent are cut off on both sides; 0 for never. */
  readonly keepaliveMs: number;
  /** After it the run has failed. */
  readonly limitSeconds: number;
}
