import { createHash } from 'node:crypto';
import { domainName, projectId, scalingGroupName, userId } from '@holdfast/domain-types';
import type { DomainName, ProjectId, ScalingGroupName, UserId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import type { FairShareId } from './fair-share-id.js';
import type { FairShareLevel } from './fair-share-level.js';

/** Whose share of which resource group: of a domain, of a project in it, or of a user in that project. */
export interface FairShareKey {
  readonly resourceGroupName: ScalingGroupName;
  readonly domainName: DomainName;
  /** Null, or left out: the share of the domain. */
  readonly projectId?: ProjectId | null;
  /** Null, or left out: the share of the domain or of the project. */
  readonly userUuid?: UserId | null;
}

/** A key with nothing left out. */
export type FullFairShareKey = Required<FairShareKey>;

/** Checks a key. Throws `InvalidInput`: for what is no name or id, and for a user without a project. */
export function fairShareKey(key: FairShareKey, pointer = ''): FullFairShareKey {
  const project = key.projectId ?? null;
  const user = key.userUuid ?? null;
  if (user !== null && project === null) {
    throw new InvalidInput('MISSING_VALUE', 'A user has a share within a project.', `${pointer}/projectId`);
  }
  return {
    resourceGroupName: scalingGroupName(key.resourceGroupName, `${pointer}/resourceGroupName`),
    domainName: domainName(key.domainName, `${pointer}/domainName`),
    projectId: project === null ? null : projectId(project, `${pointer}/projectId`),
    userUuid: user === null ? null : userId(user, `${pointer}/userUuid`),
  };
}

/** The level of a checked key. */
export function levelOf({ projectId, userUuid }: FullFairShareKey): FairShareLevel {
  return userUuid !== null ? 'user' : projectId !== null ? 'project' : 'domain';
}

/**
 * The id of the one share that a domain, a project or a user has of a resource group: equal for equal keys, so that who
 * asks for a share by whose it is asks by its primary key, and two who create it at once meet.
 */
export function fairShareIdOf(key: FairShareKey): FairShareId {
  const { resourceGroupName, domainName, projectId, userUuid } = fairShareKey(key);
  const bytes = createHash('sha256')
    .update(JSON.stringify([resourceGroupName, domainName, projectId, userUuid]))
    .digest()
    .subarray(0, 16);
  // A UUID of one's own making (RFC 9562 5.8).
  bytes[6] = (bytes[6]! & 0x0f) | 0x80;
  bytes[8] = (bytes[8]! & 0x3f) | 0x80;
  const hex = bytes.toString('hex');
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5') as FairShareId;
}
