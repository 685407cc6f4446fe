import { CheckViolation, entityOperations, ForeignKeyViolation, UniqueViolation } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { missingValue } from '@holdfast/standard-repository';
import { ExecutionAlreadyExists } from './execution-already-exists.js';
import type { ExecutionId } from './execution-id.js';
import type { ExecutionInfo } from './execution-info.js';
import { ExecutionNotFound } from './execution-not-found.js';
import { ExecutionRow, toExecutionInfo } from './execution-row.js';

/** The standard operations on the table `executions`. */
export const executions = entityOperations<ExecutionRow, ExecutionInfo, ExecutionId>({
  entity: ExecutionRow,
  toData: toExecutionInfo,
  notFound: (id) => new ExecutionNotFound(id),
  alreadyExists: () => new ExecutionAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    missingValue(ExecutionRow, {
      domainName: 'The domain is missing: neither the scope nor the spec gives it.',
      userUuid: 'The user is missing: neither the scope nor the spec gives it.',
    }),
    {
      violation: UniqueViolation,
      constraint: 'executions_live_name_key',
      error: (violation) => new ExecutionAlreadyExists(violation),
    },
    {
      violation: CheckViolation,
      constraint: 'executions_name_check',
      error: (violation) => new InvalidInput('INVALID_VALUE', 'The name is empty.', '/name', violation),
    },
    {
      violation: ForeignKeyViolation,
      constraint: 'executions_parent_fkey',
      error: (violation) =>
        new InvalidInput('INVALID_VALUE', 'The user has no such execution.', '/parentId', violation),
    },
  ],
});
