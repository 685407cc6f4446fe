import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { ExecutionId } from './execution-id.js';
import type { ExecutionRow } from './execution-row.js';
import type { ExecutionStatus } from './execution-status.js';
import type { Tags } from './execution-tags.js';

type Condition = QueryCondition<ExecutionRow>;

/** Conditions on executions. What they do not cover is written with `where<ExecutionRow>({ … })`. */
export const ExecutionConditions = Object.freeze({
  nameEquals: (name: string): Condition => where<ExecutionRow>({ name: { eq: name } }),
  nameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<ExecutionRow>('name', 'contains', text, options),
  statusIn: (statuses: readonly ExecutionStatus[]): Condition => where<ExecutionRow>({ status: { in: statuses } }),
  /** Parts of another. */
  parentEquals: (id: ExecutionId): Condition => where<ExecutionRow>({ parentId: { eq: id } }),
  /** It has all of these tags. */
  hasTags: (tags: Tags): Condition => where<ExecutionRow>({ tags: { contains: tags } }),
  /** Strictly before. */
  createdBefore: (moment: Date): Condition => where<ExecutionRow>({ createdAt: { lt: moment } }),
});
