import type { Labels } from '../cells.js';

export class TransitionCell {
  readonly labels: Labels<'breaker' | 'from' | 'to'>;
  count = 0;

  constructor(labels: TransitionCell['labels']) {
    this.labels = labels;
  }
}
