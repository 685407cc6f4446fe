import { entityOperations, ForeignKeyViolation, UniqueViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { missingValue } from '@holdfast/standard-repository';
import { ExecutionMetricAlreadyExists } from './execution-metric-already-exists.js';
import type { ExecutionMetricId } from './execution-metric-id.js';
import type { ExecutionMetricInfo } from './execution-metric-info.js';
import { ExecutionMetricNotFound } from './execution-metric-not-found.js';
import { ExecutionMetricRow, toExecutionMetricInfo } from './execution-metric-row.js';

/** The standard operations on the table `execution_metrics`. */
export const executionMetrics = entityOperations<ExecutionMetricRow, ExecutionMetricInfo, ExecutionMetricId>({
  entity: ExecutionMetricRow,
  toData: toExecutionMetricInfo,
  notFound: (id) => new ExecutionMetricNotFound(id),
  alreadyExists: () => new ExecutionMetricAlreadyExists(),
  integrityErrorChecks: [
    missingValue(ExecutionMetricRow, {
      domainName: 'The domain is missing: neither the scope nor the spec gives it.',
      userUuid: 'The user is missing: neither the scope nor the spec gives it.',
    }),
    {
      violation: UniqueViolation,
      constraint: 'execution_metrics_identity_key',
      error: (violation) => new ExecutionMetricAlreadyExists(violation),
    },
    {
      violation: ForeignKeyViolation,
      constraint: 'execution_metrics_execution_fkey',
      error: (violation) =>
        new InvalidInput('INVALID_VALUE', 'The user has no such execution.', '/executionId', violation),
    },
  ],
});
