import type { ResourceSlot, ScalingGroupName } from '@holdfast/domain-types';
import type { OptionalState, TriState } from '@holdfast/base';
import type { SessionResult } from './session-result.js';

type Changed<Value> = Value | OptionalState<Value>;
type ChangedOrNull<Value> = Value | null | TriState<Value>;

/**
 * What of a session is changed: what is absent is left, null sets NULL. The status has its own way, `updateStatus`;
 * to whom a session belongs never changes.
 */
export interface SessionUpdate {
  /** See `sessionName` for what it may look like. */
  readonly name?: Changed<string>;
  readonly priority?: Changed<number>;
  readonly tag?: ChangedOrNull<string>;
  readonly statusInfo?: ChangedOrNull<string>;
  readonly result?: ChangedOrNull<SessionResult>;
  readonly environ?: ChangedOrNull<Readonly<Record<string, string>>>;
  readonly startsAt?: ChangedOrNull<Date>;
  readonly scalingGroupName?: Changed<ScalingGroupName>;
  readonly requestedSlots?: Changed<ResourceSlot>;
}
