import {
  type AgentId,
  type ResourceSlot,
  resourceSlotFromRow,
  type ScalingGroupName,
  subtractSlots,
  sumSlots,
} from '@holdfast/domain-types';
import type { ActiveAgent } from './active-agent.js';
import type { RawActiveAgent, RawOccupation, RawSchedulingData } from './raw-scheduling-data.js';
import type { SchedulingData } from './scheduling-data.js';

/** Computes what is left of each agent. Works in memory: no connection is held meanwhile. */
export function toSchedulingData(scalingGroupName: ScalingGroupName, raw: RawSchedulingData): SchedulingData {
  const occupations = occupationsByAgent(raw.occupations);
  return Object.freeze({
    scalingGroupName,
    pendingSessions: Object.freeze(
      raw.pendingSessions.map((session) =>
        Object.freeze({ ...session, requestedSlots: resourceSlotFromRow(session.requestedSlots) }),
      ),
    ),
    agents: Object.freeze(raw.activeAgents.map((agent) => toActiveAgent(agent, occupations.get(agent.id) ?? []))),
  });
}

function occupationsByAgent(occupations: readonly RawOccupation[]): ReadonlyMap<AgentId, readonly ResourceSlot[]> {
  const byAgent = new Map<AgentId, ResourceSlot[]>();
  for (const { agentId, slots } of occupations) {
    const held = byAgent.get(agentId);
    if (held === undefined) byAgent.set(agentId, [resourceSlotFromRow(slots)]);
    else held.push(resourceSlotFromRow(slots));
  }
  return byAgent;
}

function toActiveAgent(raw: RawActiveAgent, occupations: readonly ResourceSlot[]): ActiveAgent {
  const availableSlots = resourceSlotFromRow(raw.availableSlots);
  const occupiedSlots = sumSlots(occupations);
  return Object.freeze({
    ...raw,
    availableSlots,
    occupiedSlots,
    freeSlots: subtractSlots(availableSlots, occupiedSlots),
  });
}
