import { errorCode, HoldfastError } from '@holdfast/errors';
import type { ExecutionId } from './execution-id.js';
import type { ExecutionStatus } from './execution-status.js';

/** It cannot go from the status that it is in to the one that was asked for. Status 409, code `execution_update_conflict`. */
export class ExecutionStatusConflict extends HoldfastError {
  readonly executionId: ExecutionId;
  readonly from: ExecutionStatus;
  readonly to: ExecutionStatus;

  constructor(executionId: ExecutionId, from: ExecutionStatus, to: ExecutionStatus) {
    super({
      code: errorCode('execution', 'update', 'conflict'),
      message: `${executionId} is ${from} and cannot become ${to}.`,
      httpStatus: 409,
    });
    this.executionId = executionId;
    this.from = from;
    this.to = to;
  }
}
