import type { Labels } from '../cells.js';

/** The plain numbers of what a Database executes for one operation of one entity. */
export class ExecutionCell {
  readonly labels: Labels<'database' | 'entity' | 'operation'>;
  succeeded = 0;
  failed = 0;
  slow = 0;
  statements = 0;

  constructor(labels: ExecutionCell['labels']) {
    this.labels = labels;
  }
}
