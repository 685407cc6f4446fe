import { databaseTime } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import type { Transition } from '@holdfast/standard-repository';
import { ExecutionConditions } from './execution-conditions.js';
import type { ExecutionInfo } from './execution-info.js';
import type { ExecutionRow } from './execution-row.js';
import { ExecutionStatusConflict } from './execution-status-conflict.js';
import { isLegalTransition, legalPredecessors, EXECUTION_STATUSES, type ExecutionStatus } from './execution-status.js';

/** The move to a status. Throws `InvalidInput` where there is no such status. */
export function executionTransition(to: ExecutionStatus): Transition<ExecutionRow, ExecutionInfo> {
  if (!EXECUTION_STATUSES.includes(to)) throw new InvalidInput('INVALID_VALUE', 'There is no such status.', '/status');
  return {
    condition: ExecutionConditions.statusIn(legalPredecessors(to)),
    changes: {
      status: to,
      statusChangedAt: databaseTime,
      ...(to === 'RUNNING' && { startedAt: databaseTime }),
      endedAt: to === 'RUNNING' ? null : databaseTime,
    },
    isLegal: ({ status }) => isLegalTransition(status, to),
    conflict: ({ id, status }) => new ExecutionStatusConflict(id, status, to),
  };
}
