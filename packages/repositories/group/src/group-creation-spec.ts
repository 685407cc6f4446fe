import type { DomainName, ProjectId, ResourceSlot } from '@holdfast/domain-types';
import type { ContainerRegistry } from './container-registry.js';
import type { GroupType } from './group-type.js';

/** What a group is created from. The domain is needed unless the scope gives it. */
export interface GroupCreationSpec {
  /** Default: a new UUIDv7. */
  readonly id?: ProjectId;
  /** Unique in the domain, deleted groups included; see `groupName` for what it may look like. */
  readonly name: string;
  readonly domainName?: DomainName;
  /** At most 512 characters. Default null. */
  readonly description?: string | null;
  /** Default true. */
  readonly isActive?: boolean;
  /** Default `general`; it never changes. */
  readonly type?: GroupType;
  /** Default none. */
  readonly totalResourceSlots?: ResourceSlot;
  /** Default null. */
  readonly integrationId?: string | null;
  /** Default null. */
  readonly containerRegistry?: ContainerRegistry | null;
}
