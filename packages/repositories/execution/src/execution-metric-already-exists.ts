import { EntityAlreadyExists } from '@holdfast/errors';

/**
 * The user has a metric of this execution, name and tags, or the id is taken. Status 409, code
 * `execution-metric_create_already-exists`.
 */
export class ExecutionMetricAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('execution-metric', 'A metric of this execution, name and tags, or of this id, exists already.', cause);
  }
}
