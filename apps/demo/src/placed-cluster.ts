import type { AgentCreationSpec } from '@holdfast/agent-repository';
import { type AgentId, type ResourceSlot, resourceSlot, slotsAreZero, sumSlots } from '@holdfast/domain-types';
import type { KernelCreationSpec, SessionCreationSpec } from '@holdfast/session-repository';
import { AgentRoom } from './agent-room.js';
import type { ClusterRecords } from './cluster-records.js';

const nothing = resourceSlot({});

/**
 * The cluster in which each session has one kernel, with a past like its own. Those that hold resources are placed one by
 * one on the first agent of their scaling group that has room for them and may run them; for whom there is no room, it is
 * not known where they run.
 */
export function placedCluster(
  agents: readonly AgentCreationSpec[],
  sessions: readonly SessionCreationSpec[],
  mayRun: (session: SessionCreationSpec, agent: AgentCreationSpec) => boolean = () => true,
): ClusterRecords {
  const room = new AgentRoom(agents);
  const held = new Map<AgentId, ResourceSlot[]>();
  const placed = sessions.map((session) => {
    const slots = session.past?.occupyingSlots ?? nothing;
    if (slotsAreZero(slots)) return { ...session, kernels: [kernelOf(session, null)] };
    const agent = room.take(session.scalingGroupName, slots, (one) => mayRun(session, one));
    if (agent !== null) held.set(agent.id, [...(held.get(agent.id) ?? []), slots]);
    return { ...session, kernels: [kernelOf(session, agent?.id ?? null)] };
  });
  return {
    sessions: placed,
    agents: agents.map((agent) => {
      const occupiedSlots = sumSlots(held.get(agent.id) ?? []);
      return agent.past === undefined ? agent : { ...agent, past: { ...agent.past, occupiedSlots } };
    }),
  };
}

function kernelOf({ past }: SessionCreationSpec, agentId: AgentId | null): KernelCreationSpec {
  if (past === undefined) return { agentId };
  const { status, createdAt, occupyingSlots = nothing, statusChangedAt = createdAt, terminatedAt = null } = past;
  const holds = !slotsAreZero(occupyingSlots);
  return {
    agentId,
    past: {
      status,
      createdAt,
      statusChangedAt,
      terminatedAt,
      usedSlots: holds ? occupyingSlots : null,
      freedAt: holds || status === 'PENDING' ? null : (terminatedAt ?? statusChangedAt),
    },
  };
}
