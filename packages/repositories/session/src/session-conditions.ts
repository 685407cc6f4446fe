import type { AccessKey, AgentId, ScalingGroupName, VfolderId } from '@holdfast/domain-types';
import { type QueryCondition, textMatch, type TextMatchOptions, where } from '@holdfast/querier';
import type { SessionRow } from './session-row.js';
import { ACTIVE_SESSION_STATUSES, LIVE_SESSION_STATUSES, type SessionStatus } from './session-status.js';
import type { SessionType } from './session-type.js';

type Condition = QueryCondition<SessionRow>;

/** Conditions on sessions. What they do not cover is written with `where<SessionRow>({ … })`. */
export const SessionConditions = Object.freeze({
  statusEquals: (status: SessionStatus): Condition => where<SessionRow>({ status: { eq: status } }),
  statusIn: (statuses: readonly SessionStatus[]): Condition => where<SessionRow>({ status: { in: statuses } }),
  /** Not over. */
  isLive: (): Condition => where<SessionRow>({ status: { in: LIVE_SESSION_STATUSES } }),
  /** Scheduled and not yet over or failed. */
  isActive: (): Condition => where<SessionRow>({ status: { in: ACTIVE_SESSION_STATUSES } }),
  typeEquals: (type: SessionType): Condition => where<SessionRow>({ sessionType: { eq: type } }),

  nameEquals: (name: string, options?: TextMatchOptions): Condition =>
    textMatch<SessionRow>('name', 'equals', name, options),
  nameContains: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<SessionRow>('name', 'contains', text, options),
  nameStartsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<SessionRow>('name', 'startsWith', text, options),
  nameEndsWith: (text: string, options?: TextMatchOptions): Condition =>
    textMatch<SessionRow>('name', 'endsWith', text, options),
  nameIn: (names: readonly string[], options?: TextMatchOptions): Condition =>
    textMatch<SessionRow>('name', 'in', names, options),

  accessKeyEquals: (accessKey: AccessKey): Condition => where<SessionRow>({ accessKey: { eq: accessKey } }),
  scalingGroupEquals: (name: ScalingGroupName): Condition => where<SessionRow>({ scalingGroupName: { eq: name } }),
  hasImage: (image: string): Condition => where<SessionRow>({ images: { has: image } }),
  tagEquals: (tag: string): Condition => where<SessionRow>({ tag: { eq: tag } }),
  priorityAtLeast: (priority: number): Condition => where<SessionRow>({ priority: { gte: priority } }),
  gpuCountAtLeast: (count: number): Condition => where<SessionRow>({ gpuCount: { gte: count } }),

  /** Has a kernel on the agent. */
  runsOnAgent: (agentId: AgentId): Condition => where<SessionRow>({ kernels: { some: { agentId: { eq: agentId } } } }),
  mountsVfolder: (vfolderId: VfolderId): Condition =>
    where<SessionRow>({ vfolderMounts: { some: { vfolderId: { eq: vfolderId } } } }),

  /** Strictly before. */
  createdBefore: (moment: Date): Condition => where<SessionRow>({ createdAt: { lt: moment } }),
  /** Strictly after. */
  createdAfter: (moment: Date): Condition => where<SessionRow>({ createdAt: { gt: moment } }),
  /** Strictly before; sessions that are not over do not match. */
  terminatedBefore: (moment: Date): Condition => where<SessionRow>({ terminatedAt: { lt: moment } }),
  /** Strictly after; sessions that are not over do not match. */
  terminatedAfter: (moment: Date): Condition => where<SessionRow>({ terminatedAt: { gt: moment } }),
});
