import type { AgentId, KernelId, ResourceSlot, SessionId } from '@holdfast/domain-types';
import type { SessionOwner } from './session-owner.js';
import type { SessionStatus } from './session-status.js';

/** A kernel, one container of a session, as callers see it: plain data, frozen all the way down. */
export interface KernelInfo extends Readonly<SessionOwner> {
  readonly id: KernelId;
  readonly sessionId: SessionId;
  /** Null until it is placed. */
  readonly agentId: AgentId | null;
  /** `main` for the one that users connect to. */
  readonly clusterRole: string;
  /** Counted from 1. */
  readonly clusterIdx: number;
  readonly image: string;
  readonly status: SessionStatus;
  readonly statusChangedAt: Date;
  /** What was asked for. What it holds is told by its allocation. */
  readonly requestedSlots: ResourceSlot;
  readonly createdAt: Date;
  /** Since when it is scheduled, that is, holds a place; null while it waits, and where it never had one. */
  readonly scheduledAt: Date | null;
  readonly terminatedAt: Date | null;
  readonly modifiedAt: Date;
}
