import { EntityNotFound } from '@holdfast/errors';
import type { ExecutionId } from './execution-id.js';

/** No such execution in the scope that was given. Status 404, code `execution_read_not-found`. */
export class ExecutionNotFound extends EntityNotFound {
  readonly executionId: ExecutionId;

  constructor(executionId: ExecutionId) {
    super('execution', `No execution ${executionId}.`);
    this.executionId = executionId;
  }
}
