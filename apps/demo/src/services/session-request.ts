import type { ScalingGroupName, UserId } from '@holdfast/domain-types';
import type { SessionCreationSpec, SessionUpdate } from '@holdfast/session-repository';

type Requested =
  | 'name'
  | 'type'
  | 'image'
  | 'additionalImages'
  | 'requestedSlots'
  | 'creationId'
  | 'priority'
  | 'clusterMode'
  | 'clusterSize'
  | 'tag'
  | 'environ'
  | 'startsAt';

/** A session that somebody asks for. */
export interface SessionRequest extends Pick<SessionCreationSpec, Requested> {
  /** Whose it shall be; null: the user whose access key it is. */
  readonly ownerId: UserId | null;
  /** Null: the first one that the owner's domain may use. */
  readonly scalingGroupName: ScalingGroupName | null;
}

/** What may be changed of a session from outside. */
export type SessionChange = Pick<SessionUpdate, 'name' | 'priority' | 'tag' | 'environ' | 'startsAt'>;
