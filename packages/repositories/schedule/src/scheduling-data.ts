import type { ScalingGroupName } from '@holdfast/domain-types';
import type { ActiveAgent } from './active-agent.js';
import type { BlockedSession } from './blocked-session.js';
import type { PendingSession } from './pending-session.js';

/** What a scheduler needs to know of one scaling group, as of one moment; frozen all the way down. */
export interface SchedulingData {
  readonly scalingGroupName: ScalingGroupName;
  /** Those that may start now. Highest priority first, then the oldest. */
  readonly pendingSessions: readonly PendingSession[];
  /** Those that cannot start any more, in the same order. */
  readonly blockedSessions: readonly BlockedSession[];
  /** By id. */
  readonly agents: readonly ActiveAgent[];
}
