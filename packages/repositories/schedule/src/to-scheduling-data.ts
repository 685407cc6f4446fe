import { type AgentId, resourceSlotFromRow, type ScalingGroupName, subtractSlots } from '@holdfast/domain-types';
import type { ActiveAgent } from './active-agent.js';
import type { RawActiveAgent, RawOccupation, RawSchedulingData, RawSlots } from './raw-scheduling-data.js';
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
    agents: Object.freeze(raw.activeAgents.map((agent) => toActiveAgent(agent, occupations.get(agent.id) ?? {}))),
  });
}

function occupationsByAgent(occupations: readonly RawOccupation[]): ReadonlyMap<AgentId, RawSlots> {
  const byAgent = new Map<AgentId, Record<string, string>>();
  for (const { agentId, slotName, amount } of occupations) {
    const slots = byAgent.get(agentId);
    if (slots === undefined) byAgent.set(agentId, { [slotName]: amount });
    else slots[slotName] = amount;
  }
  return byAgent;
}

function toActiveAgent(raw: RawActiveAgent, occupation: RawSlots): ActiveAgent {
  const availableSlots = resourceSlotFromRow(raw.availableSlots);
  const occupiedSlots = resourceSlotFromRow(occupation);
  return Object.freeze({
    ...raw,
    availableSlots,
    occupiedSlots,
    freeSlots: subtractSlots(availableSlots, occupiedSlots),
  });
}
