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
import type { SessionPast } from './session-past.js';
import type { SessionType } from './session-type.js';

/**
 * What a session is created from. Its status is PENDING, unless it has a past.
 *
 * Domain, project, user and access key are needed unless the scope gives them; what the scope gives cannot be another.
 */
export interface SessionCreationSpec {
  /** Default: a new UUIDv7. */
  readonly id?: SessionId;
  /** What the creator calls this creation, to find it again. Default: the id. */
  readonly creationId?: string;
  /** Unique among the user's live sessions; see `sessionName` for what it may look like. */
  readonly name: string;
  readonly type: SessionType;
  readonly image: string;
  /** Images of further kernels. Default none. */
  readonly additionalImages?: readonly string[];
  readonly requestedSlots: ResourceSlot;
  readonly scalingGroupName: ScalingGroupName;
  readonly domainName?: DomainName;
  /** The project. */
  readonly groupId?: ProjectId;
  readonly userUuid?: UserId;
  readonly accessKey?: AccessKey;
  /** Higher is scheduled earlier. Default 10. */
  readonly priority?: number;
  /** Default `single-node`. */
  readonly clusterMode?: ClusterMode;
  /** The number of kernels, at least 1. Default 1. */
  readonly clusterSize?: number;
  /** Default null. */
  readonly tag?: string | null;
  /** Environment variables. Default null. */
  readonly environ?: Readonly<Record<string, string>> | null;
  /** Not to be scheduled before. Default null. */
  readonly startsAt?: Date | null;
  /** What became of it elsewhere, where it is taken over. */
  readonly past?: SessionPast;
}
