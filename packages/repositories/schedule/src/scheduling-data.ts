import type { ScalingGroupName } from '@holdfast/domain-types';
import type { ActiveAgent } from './active-agent.js';
import type { PendingSession } from './pending-session.js';

/** What a scheduler needs to know of one scaling group, as of one moment; frozen all the way down. */
export interface SchedulingData {
  readonly scalingGroupName: ScalingGroupName;
  /** Highest priority first, then the oldest. */
  readonly pendingSessions: readonly PendingSession[];
  /** By id. */
  readonly agents: readonly ActiveAgent[];
}
