import { resourceSlot, scalingGroupName, sessionId } from '@holdfast/domain-types';
import type { SessionCreationSpec } from '@holdfast/session-repository';
import type { UnplacedSession } from '../cluster-records.js';
import { stableUuid } from '../stable-uuid.js';
import type { DemoUser, TenantDirectory } from '../tenants/tenant-directory.js';
import type { Pod } from './pod-schema.js';
import { CPU_GROUP, GPU_GROUP, phases, qualities, TRACE_BEGINNING, TRACE_IMAGE } from './trace-mapping.js';

const MEBIBYTE = 1024 ** 2;

/** The session that a pod of a trace stands for. */
export function sessionOfPod(pod: Pod, directory: TenantDirectory): UnplacedSession {
  const phase = phases[pod.pod_phase];
  const quality = qualities[pod.qos];
  const user = ownerOf(pod, directory);
  const requestedSlots = resourceSlot({
    cpu: pod.cpu_milli / 1_000,
    mem: pod.memory_mib * MEBIBYTE,
    ...(pod.num_gpu > 0 ? { 'cuda.shares': (pod.num_gpu * pod.gpu_milli) / 1_000 } : {}),
  });
  const over = phase.since === 'deletion_time';
  const spec: SessionCreationSpec = {
    id: sessionId(stableUuid(`openb/${pod.name}`)),
    creationId: pod.name,
    name: pod.name,
    type: quality.type,
    priority: quality.priority,
    domainName: user.domainName,
    groupId: user.project.id,
    userUuid: user.id,
    accessKey: user.accessKey,
    scalingGroupName: scalingGroupName(pod.num_gpu > 0 ? GPU_GROUP : CPU_GROUP),
    image: TRACE_IMAGE,
    tag: pod.gpu_spec === '' ? null : pod.gpu_spec,
    requestedSlots,
    past: {
      status: phase.status,
      statusChangedAt: moment(pod[phase.since] ?? pod.creation_time),
      result: phase.result,
      createdAt: moment(pod.creation_time),
      terminatedAt: over ? moment(pod.deletion_time) : null,
    },
  };
  const { scheduled_time: scheduled } = pod;
  return {
    spec,
    holdsResources: phase.holdsResources,
    // Whatever holds resources was scheduled, if it is not said when.
    ...((scheduled !== null || !phase.holdsResources) && {
      scheduledAt: scheduled === null ? null : moment(scheduled),
    }),
  };
}

function moment(secondsAfterBeginning: number): Date {
  return new Date(TRACE_BEGINNING.getTime() + secondsAfterBeginning * 1_000);
}

/** The same user for the same pod, whatever else the file holds: by the sum of the name's characters. */
function ownerOf(pod: Pod, directory: TenantDirectory): DemoUser {
  const { project } = qualities[pod.qos];
  const users = directory.domains.flatMap((domain) => domain.users).filter((user) => user.project.name === project);
  const sum = Array.from(pod.name).reduce((total, letter) => total + letter.codePointAt(0)!, 0);
  return users[sum % users.length]!;
}
