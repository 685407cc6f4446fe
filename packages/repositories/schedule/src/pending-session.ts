import type { AccessKey, DomainName, ProjectId, ResourceSlot, SessionId, UserId } from '@holdfast/domain-types';

/** A session that waits for resources, with what a scheduler decides by. */
export interface PendingSession {
  readonly id: SessionId;
  /** Higher is scheduled earlier. */
  readonly priority: number;
  readonly createdAt: Date;
  readonly requestedSlots: ResourceSlot;
  readonly clusterMode: string;
  /** The number of kernels. */
  readonly clusterSize: number;
  readonly domainName: DomainName;
  readonly groupId: ProjectId;
  readonly userUuid: UserId;
  readonly accessKey: AccessKey;
}
