import type { ScalingGroupName } from '@holdfast/domain-types';
import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { AgentRow } from './agent-row.js';
import type { AgentStatus } from './agent-status.js';

type Condition = QueryCondition<AgentRow>;

/** Conditions on agents. What they do not cover is written with `where<AgentRow>({ … })`. */
export const AgentConditions = Object.freeze({
  statusEquals: (status: AgentStatus): Condition => where<AgentRow>({ status: { eq: status } }),
  statusIn: (statuses: readonly AgentStatus[]): Condition => where<AgentRow>({ status: { in: statuses } }),
  /** Alive, and new kernels may be placed on it. */
  isSchedulable: (): Condition => where<AgentRow>({ status: { eq: 'ALIVE' }, schedulable: { eq: true } }),
  scalingGroupEquals: (name: ScalingGroupName): Condition => where<AgentRow>({ scalingGroupName: { eq: name } }),
  regionEquals: (region: string): Condition => where<AgentRow>({ region: { eq: region } }),
  idContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<AgentRow>('id', 'contains', text, options),
  idStartsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<AgentRow>('id', 'startsWith', text, options),
  gpuModelEquals: (model: string, options?: TextMatchOptions): Condition =>
    textMatch<AgentRow>('gpuModel', 'equals', model, options),
  hasGpu: (): Condition => where<AgentRow>({ gpuModel: { isNull: false } }),
  /** Strictly before; agents that are not lost do not match. */
  lostBefore: (moment: Date): Condition => where<AgentRow>({ lostAt: { lt: moment } }),
});
