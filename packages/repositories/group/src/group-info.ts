import type { DomainName, ProjectId, ResourceSlot } from '@holdfast/domain-types';
import type { ContainerRegistry } from './container-registry.js';
import type { GroupType } from './group-type.js';

/** A group, the original's project, as callers see it: plain data, frozen all the way down. */
export interface GroupInfo {
  readonly id: ProjectId;
  /** Unique in its domain. */
  readonly name: string;
  readonly domainName: DomainName;
  readonly description: string | null;
  /** Whether it may be used; what follows from that is the application's to say. */
  readonly isActive: boolean;
  readonly type: GroupType;
  /** What all of its sessions may have together. */
  readonly totalResourceSlots: ResourceSlot;
  /** What another system calls it. */
  readonly integrationId: string | null;
  readonly containerRegistry: ContainerRegistry | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Set while the group is soft-deleted. */
  readonly deletedAt: Date | null;
}
