import { resourceSlot, type ScalingGroupName, sessionId } from '@holdfast/domain-types';
import type { SessionCreationSpec, SessionStatus, SessionType } from '@holdfast/session-repository';
import type { UnplacedSession } from '../cluster-records.js';
import type { DemoDomain, DemoUser } from '../tenants/tenant-directory.js';
import { stableUuid } from '../stable-uuid.js';
import type { SeededRandom } from './seeded-random.js';
import { SYNTHETIC_BEGINNING } from './synthetic-beginning.js';

const SESSIONS = 2_000;
const GIBIBYTE = 1024 ** 3;
const MINUTE_MS = 60_000;

const gpus: Readonly<Record<SessionType, readonly string[]>> = {
  interactive: ['0', '0.25', '0.5', '0.5', '1'],
  batch: ['1', '1', '2', '4', '8'],
  inference: ['0', '0.5', '1', '1', '2'],
  system: ['0'],
};

const images: Readonly<Record<SessionType, readonly string[]>> = {
  interactive: ['python:3.12', 'jupyter:4.3', 'r-base:4.5'],
  batch: ['pytorch:2.9', 'tensorflow:2.20', 'jax:0.8'],
  inference: ['vllm:0.11', 'triton:25.10'],
  system: ['filebrowser:2.44'],
};

const statuses: Readonly<Record<SessionStatus, number>> = {
  PENDING: 10,
  SCHEDULED: 2,
  PREPARING: 2,
  CREATING: 2,
  RUNNING: 44,
  TERMINATING: 2,
  TERMINATED: 28,
  CANCELLED: 4,
  ERROR: 6,
};

const holding: ReadonlySet<SessionStatus> = new Set(['SCHEDULED', 'PREPARING', 'CREATING', 'RUNNING', 'TERMINATING']);
const over: ReadonlySet<SessionStatus> = new Set(['TERMINATED', 'CANCELLED']);

/** The 2,000 sessions of the synthetic cluster, oldest first. */
export function syntheticSessions(domains: readonly DemoDomain[], random: SeededRandom): readonly UnplacedSession[] {
  const members = domains.flatMap((domain) => domain.users.map((user) => ({ domain, user })));
  return Array.from({ length: SESSIONS }, (_, index) => {
    const { domain, user } = random.oneOf(members);
    const spec = sessionOf(domain, user, index, random);
    return { spec, holdsResources: holding.has(spec.past!.status) };
  });
}

function sessionOf(domain: DemoDomain, user: DemoUser, index: number, random: SeededRandom): SessionCreationSpec {
  const type = random.weighted<SessionType>({ interactive: 45, batch: 35, inference: 18, system: 2 });
  const status = random.weighted(statuses);
  const shares = random.oneOf(gpus[type]);
  const cpus = random.oneOf([1, 2, 4, 8, 16]);
  const requestedSlots = resourceSlot({
    cpu: cpus,
    mem: cpus * random.oneOf([1, 2, 4]) * GIBIBYTE,
    ...(shares === '0' ? {} : { 'cuda.shares': shares }),
  });
  // Whole minutes, so that some are created at the same moment.
  const createdAt = new Date(
    SYNTHETIC_BEGINNING.getTime() + index * 10 * MINUTE_MS - random.between(0, 30) * MINUTE_MS,
  );
  const changedAt = new Date(createdAt.getTime() + random.between(1, 600) * MINUTE_MS);
  return {
    id: sessionId(stableUuid(`synthetic/${index}`)),
    creationId: `synthetic-${index + 1}`,
    name: `${type}-${String(index + 1).padStart(4, '0')}`,
    type,
    priority: random.oneOf([0, 10, 10, 10, 20]),
    domainName: domain.name,
    groupId: user.project.id,
    userUuid: user.id,
    accessKey: user.accessKey,
    scalingGroupName: groupOf(domain, shares, random),
    image: random.oneOf(images[type]),
    tag: random.oneOf([null, null, 'nightly', 'paper', 'debug']),
    requestedSlots,
    past: {
      status,
      statusChangedAt: status === 'PENDING' ? createdAt : changedAt,
      statusInfo: status === 'ERROR' ? random.oneOf(['out of memory', 'image not found', 'agent lost']) : null,
      result: status === 'TERMINATED' && type === 'batch' ? random.weighted({ success: 4, failure: 1 }) : null,
      createdAt,
      terminatedAt: over.has(status) ? changedAt : null,
    },
  };
}

/** GPUs are found in a domain's first scaling group, other sessions go to any. */
function groupOf(domain: DemoDomain, shares: string, random: SeededRandom): ScalingGroupName {
  return shares === '0' ? random.oneOf(domain.scalingGroups) : domain.scalingGroups[0]!;
}
