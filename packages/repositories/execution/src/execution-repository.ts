import type { WriteOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { standardRepository, type StatementsOf, transitionStatements } from '@holdfast/standard-repository';
import { ExecutionDbSource } from './execution-db-source.js';
import type { ExecutionId } from './execution-id.js';
import type { ExecutionInfo } from './execution-info.js';
import { executionRepositoryResilience } from './execution-resilience.js';
import type { ExecutionRow } from './execution-row.js';
import type { ExecutionStatus } from './execution-status.js';

/**
 * Executions, and parts of others: the runs of an experiment. Each is created as scheduled; one without a parent has a name
 * of its own among those of its user, free again once it is deleted. What is purged takes its parts and metrics along.
 */
export class ExecutionRepository extends standardRepository(executionRepositoryResilience, ExecutionDbSource) {
  static readonly statements: StatementsOf<ExecutionRepository> = { updateStatus: () => transitionStatements };

  /**
   * Moves an execution to a status and keeps the time in `statusChangedAt`. Throws `ExecutionNotFound`, and
   * `ExecutionStatusConflict` if the status cannot follow the current one, or is it.
   */
  @executionRepositoryResilience.apply()
  updateStatus(
    scope: Scope<ExecutionRow>,
    id: ExecutionId,
    status: ExecutionStatus,
    options?: WriteOptions,
  ): Promise<ExecutionInfo> {
    return this.dbSource.updateStatus(scope, id, status, options);
  }
}
