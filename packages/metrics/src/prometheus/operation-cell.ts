import type { Labels } from './cells.js';
import { DurationHistogram } from './duration-histogram.js';
import type { LabelValues } from './label-values.js';
import { Tally } from './tally.js';

const reasons = ['attempts', 'deadline', 'budget', 'signal', 'committed'];

/** The values of the labels of layers that are not the same for all metrics, bounded for all operations together. */
export type FurtherLabelValues = Readonly<Record<'errorCode' | 'reason' | 'policy', LabelValues>>;

/** The plain numbers of one operation of one layer, kept until a registry asks for them. */
export class OperationCell {
  readonly labels: Labels<'domain' | 'layer' | 'operation'>;
  readonly durations = new DurationHistogram();
  readonly errors: Tally;
  readonly givenUp: Tally;
  readonly rejected: Tally;
  running = 0;
  succeeded = 0;
  failed = 0;
  retried = 0;
  timedOut = 0;
  fellBack = 0;

  constructor(labels: OperationCell['labels'], further: FurtherLabelValues) {
    this.labels = labels;
    this.errors = new Tally(further.errorCode);
    this.givenUp = new Tally(further.reason, reasons);
    this.rejected = new Tally(further.policy);
  }
}
