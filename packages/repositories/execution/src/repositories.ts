import type { ConflictCheck } from '@holdfast/base';
import type { Resilience } from '@holdfast/resilience';
import type { RepositoryArgs } from '@holdfast/standard-repository';
import { ExecutionDbSource } from './execution-db-source.js';
import { ExecutionMetricDbSource } from './execution-metric-db-source.js';
import { ExecutionMetricRepository } from './execution-metric-repository.js';
import { ExecutionRepository } from './execution-repository.js';

/** What `ExecutionRepositories.create` is given. */
export interface ExecutionRepositoryArgs extends Pick<RepositoryArgs, 'database'> {
  /** What keeps rows from being purged: rows of other packages. Metrics and parts of an execution go with it. */
  readonly conflictChecks?: {
    readonly executions?: readonly ConflictCheck[];
    readonly metrics?: readonly ConflictCheck[];
  };
  /** Replaces the default of each repository, `metrics(retry(call))`. */
  readonly resilience?: { readonly executions?: Resilience; readonly metrics?: Resilience };
}

/** Puts the parts of this package together: `ExecutionRepositories.create({ database })`. */
export class ExecutionRepositories {
  readonly executionRepository: ExecutionRepository;
  readonly metricRepository: ExecutionMetricRepository;

  private constructor(executionRepository: ExecutionRepository, metricRepository: ExecutionMetricRepository) {
    this.executionRepository = executionRepository;
    this.metricRepository = metricRepository;
  }

  static create({ database, conflictChecks, resilience }: ExecutionRepositoryArgs): ExecutionRepositories {
    return new ExecutionRepositories(
      new ExecutionRepository({
        dbSource: new ExecutionDbSource(database, { conflictChecks: conflictChecks?.executions }),
        resilience: resilience?.executions,
      }),
      new ExecutionMetricRepository({
        dbSource: new ExecutionMetricDbSource(database, { conflictChecks: conflictChecks?.metrics }),
        resilience: resilience?.metrics,
      }),
    );
  }
}
