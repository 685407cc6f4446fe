import type { OptionalState, TriState } from '@holdfast/base';
import type { ResourceSlot } from '@holdfast/domain-types';
import type { VfolderHosts } from './vfolder-hosts.js';

type Changed<Value> = Value | OptionalState<Value>;
type ChangedOrNull<Value> = Value | null | TriState<Value>;

/**
 * What of a domain is changed: what is absent is left, null sets NULL. Name and id never change; which domain is the
 * default has its own way, `setDefault`.
 */
export interface DomainUpdate {
  /** At most 512 characters. */
  readonly description?: ChangedOrNull<string>;
  readonly isActive?: Changed<boolean>;
  readonly totalResourceSlots?: Changed<ResourceSlot>;
  readonly allowedVfolderHosts?: Changed<VfolderHosts>;
  readonly allowedDockerRegistries?: Changed<readonly string[]>;
  readonly integrationId?: ChangedOrNull<string>;
}
