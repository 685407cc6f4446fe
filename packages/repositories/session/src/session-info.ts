import type {
  AccessKey,
  DomainName,
  ProjectId,
  ResourceSlot,
  ScalingGroupName,
  SessionId,
  UserId,
} from '@holdfast/domain-types';
import type { ClusterMode } from './cluster-mode.js';
import type { SessionResult } from './session-result.js';
import type { SessionStatus } from './session-status.js';
import type { SessionType } from './session-type.js';

/** A compute session, as callers see it: plain data, frozen all the way down. */
export interface SessionInfo {
  readonly id: SessionId;
  /** What the creator called this creation, to find it again. */
  readonly creationId: string;
  /** Unique among a user's live sessions. */
  readonly name: string;
  readonly type: SessionType;
  readonly status: SessionStatus;
  readonly statusInfo: string | null;
  readonly statusChangedAt: Date;
  /** Higher is scheduled earlier. */
  readonly priority: number;
  readonly clusterMode: ClusterMode;
  /** The number of kernels. */
  readonly clusterSize: number;
  readonly domainName: DomainName;
  /** The project. */
  readonly groupId: ProjectId;
  readonly userUuid: UserId;
  readonly accessKey: AccessKey;
  readonly scalingGroupName: ScalingGroupName;
  readonly images: readonly string[];
  readonly tag: string | null;
  readonly requestedSlots: ResourceSlot;
  /** GPUs that were asked for, shares rounded up to whole devices. */
  readonly gpuCount: number;
  readonly environ: Readonly<Record<string, string>> | null;
  readonly result: SessionResult | null;
  readonly createdAt: Date;
  /** Not to be scheduled before. */
  readonly startsAt: Date | null;
  readonly terminatedAt: Date | null;
  readonly modifiedAt: Date;
  /** Set while the session is soft-deleted. */
  readonly deletedAt: Date | null;
}
