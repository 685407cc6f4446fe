import type { DomainId, DomainName, ResourceSlot } from '@holdfast/domain-types';
import type { VfolderHosts } from './vfolder-hosts.js';

/** A domain, the outermost tenant, as callers see it: plain data, frozen all the way down. */
export interface DomainInfo {
  /** The key, which never changes. */
  readonly name: DomainName;
  /** What rows refer to it by that do not use the name. */
  readonly id: DomainId;
  readonly description: string | null;
  /** Whether it may be used; what follows from that is the application's to say. */
  readonly isActive: boolean;
  /** Whether it is the one that is used where none is named. At most one is. */
  readonly isDefault: boolean;
  /** What all of its projects may have together. */
  readonly totalResourceSlots: ResourceSlot;
  readonly allowedVfolderHosts: VfolderHosts;
  readonly allowedDockerRegistries: readonly string[];
  /** What another system calls it. */
  readonly integrationId: string | null;
  readonly createdAt: Date;
  readonly modifiedAt: Date;
  /** Set while the domain is soft-deleted. */
  readonly deletedAt: Date | null;
}
