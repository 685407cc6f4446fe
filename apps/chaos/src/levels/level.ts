import type { WriteOptions } from '@holdfast/base';
import type { ChaosReport } from '../report.js';
import type { WriteOutcome } from '../writing/write-outcome.js';
import type { Write } from '../writing/write.js';
import type { LevelName } from './level-name.js';

/** How a run writes, and what it makes of errors. */
export interface Level {
  readonly name: LevelName;
  options(write: Write): WriteOptions;
  /**
   * What a caller at this level makes of an error: sends the write again, or takes it as failed, as not known, or as
   * stored where the error says so.
   */
  after(error: unknown): 'again' | WriteOutcome['told'];
  /** The promises that a run broke; of those that are made to fail, that they did not. */
  broken(report: ChaosReport): readonly string[];
}
