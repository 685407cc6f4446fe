import type { Labels } from '../cells.js';
import { DurationHistogram } from '../duration-histogram.js';

/** The plain numbers of one Database. */
export class DatabaseCell {
  readonly labels: Labels<'database'>;
  readonly resolutions = new DurationHistogram();
  waitedMs = 0;

  constructor(labels: DatabaseCell['labels']) {
    this.labels = labels;
  }
}
