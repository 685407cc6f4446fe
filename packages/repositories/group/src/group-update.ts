import type { OptionalState, TriState } from '@holdfast/base';
import type { ResourceSlot } from '@holdfast/domain-types';
import type { ContainerRegistry } from './container-registry.js';

type Changed<Value> = Value | OptionalState<Value>;
type ChangedOrNull<Value> = Value | null | TriState<Value>;

/** What of a group is changed: what is absent is left, null sets NULL. Its domain and its type never change. */
export interface GroupUpdate {
  /** See `groupName` for what it may look like. */
  readonly name?: Changed<string>;
  /** At most 512 characters. */
  readonly description?: ChangedOrNull<string>;
  readonly isActive?: Changed<boolean>;
  readonly totalResourceSlots?: Changed<ResourceSlot>;
  readonly integrationId?: ChangedOrNull<string>;
  readonly containerRegistry?: ChangedOrNull<ContainerRegistry>;
}
