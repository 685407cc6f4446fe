import type { AgentId, SessionId } from '@holdfast/domain-types';
import { type QueryCondition, where } from '@holdfast/querier';
import type { KernelRow } from './kernel-row.js';
import { LIVE_SESSION_STATUSES, type SessionStatus } from './session-status.js';

type Condition = QueryCondition<KernelRow>;

/** Conditions on kernels. What they do not cover is written with `where<KernelRow>({ … })`. */
export const KernelConditions = Object.freeze({
  sessionEquals: (sessionId: SessionId): Condition => where<KernelRow>({ sessionId: { eq: sessionId } }),
  sessionIn: (sessionIds: readonly SessionId[]): Condition => where<KernelRow>({ sessionId: { in: sessionIds } }),
  agentEquals: (agentId: AgentId): Condition => where<KernelRow>({ agentId: { eq: agentId } }),
  /** Has no place yet. */
  isUnplaced: (): Condition => where<KernelRow>({ agentId: { isNull: true } }),
  statusEquals: (status: SessionStatus): Condition => where<KernelRow>({ status: { eq: status } }),
  statusIn: (statuses: readonly SessionStatus[]): Condition => where<KernelRow>({ status: { in: statuses } }),
  /** Not over. */
  isLive: (): Condition => where<KernelRow>({ status: { in: LIVE_SESSION_STATUSES } }),
  imageEquals: (image: string): Condition => where<KernelRow>({ image: { eq: image } }),
  clusterRoleEquals: (role: string): Condition => where<KernelRow>({ clusterRole: { eq: role } }),
});
