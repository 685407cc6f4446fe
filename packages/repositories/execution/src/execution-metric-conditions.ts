import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { ExecutionId } from './execution-id.js';
import type { ExecutionMetricRow } from './execution-metric-row.js';
import type { ExecutionMetricType } from './execution-metric-type.js';
import type { Tags } from './execution-tags.js';

type Row = ExecutionMetricRow;
type Condition = QueryCondition<Row>;

/** Conditions on metrics. What they do not cover is written with `where<ExecutionMetricRow>({ … })`. */
export const ExecutionMetricConditions = Object.freeze({
  executionEquals: (id: ExecutionId): Condition => where<Row>({ executionId: { eq: id } }),
  executionIn: (ids: readonly ExecutionId[]): Condition => where<Row>({ executionId: { in: ids } }),
  nameEquals: (name: string): Condition => where<Row>({ name: { eq: name } }),
  nameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<Row>('name', 'contains', text, options),
  typeEquals: (type: ExecutionMetricType): Condition => where<Row>({ type: { eq: type } }),
  /** It has all of these tags. */
  hasTags: (tags: Tags): Condition => where<Row>({ tags: { contains: tags } }),
});
