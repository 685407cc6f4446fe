import type { Labels } from '../cells.js';
import type { LabelValues } from '../label-values.js';
import { Tally } from '../tally.js';

const verdicts = ['committed', 'not-committed', 'unknown'];

/** The plain numbers of what a Database made good for one operation: collisions, and lost answers to a COMMIT. */
export class RecoveryCell {
  readonly labels: Labels<'database' | 'operation'>;
  readonly resolutions: Tally;
  replays = 0;

  constructor(labels: RecoveryCell['labels'], verdict: LabelValues) {
    this.labels = labels;
    this.resolutions = new Tally(verdict, verdicts);
  }
}
