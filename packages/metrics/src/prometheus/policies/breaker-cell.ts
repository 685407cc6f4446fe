import type { BreakerState } from '@holdfast/operation';
import type { Labels } from '../cells.js';
import type { FigureSource } from '../figure-source.js';

export class BreakerCell {
  readonly labels: Labels<'breaker'>;
  /** The breakers that have this label. */
  readonly states: FigureSource<BreakerState>[] = [];

  constructor(labels: BreakerCell['labels']) {
    this.labels = labels;
  }
}
