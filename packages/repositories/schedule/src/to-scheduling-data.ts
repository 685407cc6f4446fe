import { type AgentId, resourceSlotFromRow, type ScalingGroupName, subtractSlots } from '@holdfast/domain-types';
import type { ActiveAgent } from './active-agent.js';
import type { BlockedSession } from './blocked-session.js';
import type { PendingSession } from './pending-session.js';
import type {
  RawActiveAgent,
  RawOccupation,
  RawSchedulingData,
  RawSlots,
  RawWaitingSession,
} from './raw-scheduling-data.js';
import type { SchedulingData } from './scheduling-data.js';

/** Computes what is left of each agent, and tells who may start from who never will. Works in memory: no connection is held meanwhile. */
export function toSchedulingData(scalingGroupName: ScalingGroupName, raw: RawSchedulingData): SchedulingData {
  const occupations = occupationsByAgent(raw.occupations);
  return Object.freeze({
    scalingGroupName,
    pendingSessions: Object.freeze(
      raw.waitingSessions.filter(({ failed }) => failed === null).map((session) => Object.freeze(toPending(session))),
    ),
    blockedSessions: Object.freeze(raw.waitingSessions.flatMap(toBlocked)),
    agents: Object.freeze(raw.activeAgents.map((agent) => toActiveAgent(agent, occupations.get(agent.id) ?? {}))),
  });
}

function toPending({ failed: _, ...session }: RawWaitingSession): PendingSession {
  return { ...session, requestedSlots: resourceSlotFromRow(session.requestedSlots) };
}

function toBlocked(session: RawWaitingSession): readonly BlockedSession[] {
  if (session.failed === null) return [];
  return [Object.freeze({ ...toPending(session), failedDependencies: Object.freeze(session.failed) })];
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
