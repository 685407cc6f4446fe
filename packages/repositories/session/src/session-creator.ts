import { CheckViolation, type CreatorSpec, newId } from '@holdfast/base';
import { InvalidInput } from '@holdfast/errors';
import { checkMembers, missingValue } from '@holdfast/standard-repository';
import { resourceSlot, scalingGroupName, type SessionId } from '@holdfast/domain-types';
import { checkedPast } from './checked-past.js';
import { ClusterMode } from './cluster-mode.js';
import type { SessionCreationSpec } from './session-creation-spec.js';
import { sessionName } from './session-name.js';
import { givenOwner } from './session-owner.js';
import type { SessionPast } from './session-past.js';
import { SessionResult } from './session-result.js';
import { SessionRow } from './session-row.js';
import { SessionType } from './session-type.js';
import type { SessionWithKernelsSpec } from './session-with-kernels-spec.js';
import { checkChoice, checkedEnviron, checkList, checkText } from './spec-values.js';

const members: ReadonlySet<string> = new Set<keyof SessionCreationSpec>([
  'id',
  'creationId',
  'name',
  'type',
  'image',
  'additionalImages',
  'requestedSlots',
  'scalingGroupName',
  'domainName',
  'groupId',
  'userUuid',
  'accessKey',
  'priority',
  'clusterMode',
  'clusterSize',
  'tag',
  'environ',
  'startsAt',
  'past',
]);
const membersWithKernels: ReadonlySet<string> = new Set<keyof SessionWithKernelsSpec>([
  ...(members as ReadonlySet<keyof SessionCreationSpec>),
  'kernels',
  'vfolderMounts',
  'dependsOn',
]);

const pastMembers: ReadonlySet<string> = new Set<keyof SessionPast>([
  'status',
  'statusChangedAt',
  'statusInfo',
  'result',
  'createdAt',
  'terminatedAt',
]);

const ownerIsGiven = 'A session needs a domain, a project, a user and an access key, from its scope or from its spec.';

/** The row of a new session. Throws `InvalidInput` for whatever cannot be stored of it, or would be dropped. */
export function sessionCreator(spec: SessionCreationSpec): CreatorSpec<SessionRow> {
  checkMembers(spec, members);
  return creatorOf(spec);
}

/** The same of one that is created with its kernels. */
export function sessionWithKernelsCreator(spec: SessionWithKernelsSpec): CreatorSpec<SessionRow> {
  checkMembers(spec, membersWithKernels);
  return creatorOf(spec);
}

function creatorOf(spec: SessionCreationSpec): CreatorSpec<SessionRow> {
  checkValues(spec);
  const minted = spec.id === undefined ? [newId()] : [];
  const id = spec.id ?? (minted[0] as SessionId);
  return {
    minted,
    values: {
      id,
      creationId: spec.creationId ?? id,
      name: sessionName(spec.name),
      sessionType: spec.type,
      images: [spec.image, ...(spec.additionalImages ?? [])],
      requestedSlots: resourceSlot(spec.requestedSlots, '/requestedSlots'),
      scalingGroupName: spec.scalingGroupName,
      priority: spec.priority ?? 10,
      clusterMode: spec.clusterMode ?? 'single-node',
      clusterSize: spec.clusterSize ?? 1,
      tag: spec.tag ?? null,
      environ: checkedEnviron(spec.environ, '/environ'),
      startsAt: spec.startsAt ?? null,
      ...(spec.past !== undefined && columnsOf(spec.past)),
      ...givenOwner(spec),
    },
    integrityErrorChecks: [
      missingValue(SessionRow, {
        domainName: ownerIsGiven,
        groupId: ownerIsGiven,
        userUuid: ownerIsGiven,
        accessKey: ownerIsGiven,
      }),
      {
        violation: CheckViolation,
        constraint: 'sessions_cluster_size_check',
        error: (violation) =>
          new InvalidInput('INVALID_VALUE', 'A session has at least one kernel.', '/clusterSize', violation),
      },
    ],
  };
}

function checkValues(spec: SessionCreationSpec): void {
  const { type, image, additionalImages = [], clusterMode = 'single-node', clusterSize = 1, creationId } = spec;
  checkChoice(type, Object.values(SessionType), '/type');
  checkText(image, '/image');
  checkList(additionalImages, '/additionalImages');
  additionalImages.forEach((one, i) => checkText(one, `/additionalImages/${i}`));
  checkChoice(clusterMode, Object.values(ClusterMode), '/clusterMode');
  if (!Number.isInteger(clusterSize))
    throw new InvalidInput('INVALID_VALUE', 'A whole number is needed.', '/clusterSize');
  if (creationId !== undefined) checkText(creationId, '/creationId');
  scalingGroupName(spec.scalingGroupName, '/scalingGroupName');
  if (spec.accessKey !== undefined) checkText(spec.accessKey, '/accessKey');
}

function columnsOf(past: SessionPast): Partial<SessionRow> {
  checkMembers(past, pastMembers, '/past');
  const { result = null } = past;
  if (result !== null) checkChoice(result, Object.values(SessionResult), '/past/result');
  return {
    ...checkedPast(past, '/past'),
    statusInfo: past.statusInfo ?? null,
    result,
  };
}
