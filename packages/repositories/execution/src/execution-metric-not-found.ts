import { EntityNotFound } from '@holdfast/errors';
import type { ExecutionMetricId } from './execution-metric-id.js';

/** No such metric in the scope that was given. Status 404, code `execution-metric_read_not-found`. */
export class ExecutionMetricNotFound extends EntityNotFound {
  readonly metricId: ExecutionMetricId;

  constructor(metricId: ExecutionMetricId) {
    super('execution-metric', `No metric ${metricId}.`);
    this.metricId = metricId;
  }
}
