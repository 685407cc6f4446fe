import { fields, usualOperators } from '@holdfast/querier';
import type { ExecutionRow } from './execution-row.js';
import { EXECUTION_STATUSES } from './execution-status.js';

const { range } = usualOperators;

/** What a request may filter executions by and order them by. */
export const executionFields = fields<ExecutionRow>({
  id: { type: 'uuid', operators: ['eq', 'in'] },
  userUuid: { type: 'uuid', operators: ['eq', 'in'] },
  parentId: { type: 'uuid', operators: ['eq', 'in', 'isNull'] },
  name: { type: 'text', operators: ['eq', 'in', 'ieq', 'contains', 'icontains', 'startsWith'], order: true },
  description: { type: 'text', operators: ['contains', 'icontains', 'isNull'] },
  status: { type: 'text', values: EXECUTION_STATUSES, operators: ['eq', 'ne', 'in', 'notIn'], order: true },
  statusChangedAt: { type: 'timestamp', operators: range },
  startedAt: { type: 'timestamp', operators: [...range, 'isNull'] },
  endedAt: { type: 'timestamp', operators: [...range, 'isNull'] },
  createdAt: { type: 'timestamp', operators: range, order: true },
  modifiedAt: { type: 'timestamp', operators: range, order: true },
});
