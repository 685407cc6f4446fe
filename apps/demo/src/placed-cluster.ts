import type { AgentCreationSpec } from '@holdfast/agent-repository';
import type { AgentId } from '@holdfast/domain-types';
import type { KernelCreationSpec, SessionCreationSpec } from '@holdfast/session-repository';
import { AgentRoom } from './agent-room.js';
import type { ClusterRecords, UnplacedSession } from './cluster-records.js';

/**
 * The cluster in which each session has one kernel, with a past like its own. Those that hold resources are placed one by
 * one on the first agent of their scaling group that has room for them and may run them; for whom there is no room, it is
 * not known where they run.
 */
export function placedCluster(
  agents: readonly AgentCreationSpec[],
  sessions: readonly UnplacedSession[],
  mayRun: (session: SessionCreationSpec, agent: AgentCreationSpec) => boolean = () => true,
): ClusterRecords {
  const room = new AgentRoom(agents);
  const placed = sessions.map((session) => {
    const { spec, holdsResources } = session;
    const agent = holdsResources
      ? room.take(spec.scalingGroupName, spec.requestedSlots, (one) => mayRun(spec, one))
      : null;
    return { ...spec, kernels: [kernelOf(session, agent?.id ?? null)] };
  });
  return { sessions: placed, agents };
}

function kernelOf({ spec, holdsResources, scheduledAt }: UnplacedSession, agentId: AgentId | null): KernelCreationSpec {
  const { past, requestedSlots } = spec;
  if (past === undefined) return { agentId };
  const { status, createdAt, statusChangedAt = createdAt, terminatedAt = null } = past;
  return {
    agentId,
    past: {
      status,
      createdAt,
      statusChangedAt,
      terminatedAt,
      ...(scheduledAt !== undefined && { scheduledAt }),
      usedSlots: holdsResources ? requestedSlots : null,
      freedAt: holdsResources || status === 'PENDING' ? null : (terminatedAt ?? statusChangedAt),
    },
  };
}
