import { fields, usualOperators } from '@holdfast/querier';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import { EXECUTION_METRIC_TYPES } from './execution-metric-type.js';

const { id, choice, range } = usualOperators;

/** What a request may filter metrics by and order them by. */
export const executionMetricFields = fields<ExecutionMetricRow>({
  id: { type: 'uuid', operators: id },
  userUuid: { type: 'uuid', operators: id },
  executionId: { type: 'uuid', operators: [...id, 'isNull'] },
  name: { type: 'text', operators: ['eq', 'in', 'contains', 'icontains', 'startsWith'], order: true },
  type: { type: 'text', values: EXECUTION_METRIC_TYPES, operators: choice },
  createdAt: { type: 'timestamp', operators: range, order: true },
});
