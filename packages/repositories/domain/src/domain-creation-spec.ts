import type { DomainId, DomainName, ResourceSlot } from '@holdfast/domain-types';
import type { VfolderHosts } from './vfolder-hosts.js';

/** What a domain is created from. It is not the default: `setDefault` makes it so. */
export interface DomainCreationSpec {
  /** Unique among all domains, deleted ones included. Needed unless the scope gives it. */
  readonly name?: DomainName;
  /** Default: a new UUIDv7. */
  readonly id?: DomainId;
  /** At most 512 characters. Default null. */
  readonly description?: string | null;
  /** Default true. */
  readonly isActive?: boolean;
  /** Default none. */
  readonly totalResourceSlots?: ResourceSlot;
  /** Default none. */
  readonly allowedVfolderHosts?: VfolderHosts;
  /** Default none. */
  readonly allowedDockerRegistries?: readonly string[];
  /** Default null. */
  readonly integrationId?: string | null;
}
