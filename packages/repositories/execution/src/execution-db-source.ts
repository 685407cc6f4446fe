import type { WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { standardDbSource, transition } from '@holdfast/standard-repository';
import { executionCreator } from './execution-creator.js';
import type { ExecutionId } from './execution-id.js';
import type { ExecutionInfo } from './execution-info.js';
import { executions } from './execution-operations.js';
import { executionDbSourceResilience } from './execution-resilience.js';
import type { ExecutionRow } from './execution-row.js';
import type { ExecutionStatus } from './execution-status.js';
import { executionTransition } from './execution-transition.js';
import { executionUpdater } from './execution-updater.js';

const standard = standardDbSource(executionDbSourceResilience, {
  operations: executions,
  creator: executionCreator,
  updater: executionUpdater,
});

/** All SQL on executions. */
export class ExecutionDbSource extends standard {
  @executionDbSourceResilience.apply()
  updateStatus(
    scope: Scope<ExecutionRow>,
    id: ExecutionId,
    to: ExecutionStatus,
    options?: WriteOptions,
  ): Promise<ExecutionInfo> {
    return transition(this.executor, executions, scope, id, executionTransition(to), options);
  }
}
