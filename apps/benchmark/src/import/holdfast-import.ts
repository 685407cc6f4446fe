import { type AgentCreationSpec, AgentRepositories } from '@holdfast/agent-repository';
import type { Database } from '@holdfast/base';
import {
  agentId,
  type AccessKey,
  type DomainName,
  kernelId,
  type ProjectId,
  resourceSlot,
  scalingGroupName,
  sessionId,
  type UserId,
} from '@holdfast/domain-types';
import { unscoped } from '@holdfast/querier';
import { SessionRepositories, type SessionWithKernelsSpec } from '@holdfast/session-repository';
import { BEGINNING_MS, idOf, STATUSES, TENANT } from './import-tenant.js';
import type { NodeLine, PodLine, TraceLines } from './trace-lines.js';

const whole = unscoped('an import');
const owner = TENANT as unknown as {
  domainName: DomainName;
  groupId: ProjectId;
  userUuid: UserId;
  accessKey: AccessKey;
};

/** Imports a trace as an application does: by the repositories, in one transaction. */
export async function holdfastImport(database: Database, { pods, nodes }: TraceLines): Promise<void> {
  const agents = AgentRepositories.create({ database }).repository;
  const sessions = SessionRepositories.create({ database }).repository;
  await database.beginSession(async (dbSession) => {
    await agents.within(dbSession).bulkCreate(whole, nodes.map(agentOf));
    await sessions.within(dbSession).bulkCreateWithKernels(
      whole,
      pods.map((pod, i) => sessionOf(pod, i, nodes)),
    );
  });
}

function agentOf({ name, cpuMilli, memoryMib, gpus, model }: NodeLine): AgentCreationSpec {
  return {
    id: agentId(name),
    region: 'openb',
    scalingGroupName: scalingGroupName('openb'),
    availableSlots: resourceSlot({
      cpu: cpuMilli / 1_000,
      mem: memoryMib * 1_048_576,
      ...(gpus > 0 ? { 'cuda.shares': gpus } : {}),
    }),
    gpuModel: model === '' ? null : model,
    addr: `trace://${name}`,
    version: 'openb',
    architecture: 'x86_64',
    past: { status: 'ALIVE', firstContact: new Date(BEGINNING_MS) },
  };
}

function sessionOf(pod: PodLine, i: number, nodes: readonly NodeLine[]): SessionWithKernelsSpec {
  const status = STATUSES[pod.phase]!;
  const createdAt = new Date(BEGINNING_MS + pod.createdSecond * 1_000);
  const isOver = status === 'ERROR' || status === 'TERMINATED';
  const terminatedAt = isOver ? new Date(BEGINNING_MS + pod.deletedSecond * 1_000) : null;
  const statusChangedAt = terminatedAt ?? createdAt;
  const slots = resourceSlot({
    cpu: pod.cpuMilli / 1_000,
    mem: pod.memoryMib * 1_048_576,
    ...(pod.gpus > 0 ? { 'cuda.shares': (pod.gpus * pod.gpuMilli) / 1_000 } : {}),
  });
  const holds = status === 'RUNNING';
  const past = { status, statusChangedAt, createdAt, terminatedAt };
  return {
    id: sessionId(idOf('session', i)),
    creationId: pod.name,
    name: pod.name,
    type: 'batch',
    image: 'openb/pod:trace',
    requestedSlots: slots,
    scalingGroupName: scalingGroupName('openb'),
    ...owner,
    past,
    kernels: [
      {
        id: kernelId(idOf('kernel', i)),
        agentId: holds ? agentId(nodes[i % nodes.length]!.name) : null,
        past: { ...past, usedSlots: holds ? slots : null, freedAt: terminatedAt },
      },
    ],
  };
}
