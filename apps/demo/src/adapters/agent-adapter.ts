import {
  agentFields,
  type AgentCreationSpec,
  type AgentRow,
  type AgentStatus,
  type AgentUpdate,
} from '@holdfast/agent-repository';
import { type AgentId, agentId, resourceSlot, scalingGroupName } from '@holdfast/domain-types';
import type { BatchQuerier, QueryCondition } from '@holdfast/querier';
import type { z } from 'zod';
import { checkedBody } from '../http/checked-body.js';
import {
  agentBatch,
  agentBatchUpdate,
  agentCreation,
  agentsCreation,
  agentStatusUpdate,
  agentUpdate,
} from './agent-bodies.js';
import { batchTarget } from './batch-target.js';

// From what a request says to what the service takes. Each function throws `InvalidInput` for what makes no sense.

export function agentSearch(parameters: URLSearchParams): BatchQuerier<AgentRow> {
  return agentFields.parseSearch(parameters);
}

export function agentSearchBody(body: unknown): BatchQuerier<AgentRow> {
  return agentFields.parseSearchBody(body);
}

export function agentSpec(body: unknown): AgentCreationSpec {
  return specOf(checkedBody(agentCreation, body), '');
}

export function agentSpecs(body: unknown): readonly AgentCreationSpec[] {
  return checkedBody(agentsCreation, body).agents.map((one, index) => specOf(one, `/agents/${index}`));
}

export function agentChange(body: unknown): AgentUpdate {
  return changeOf(checkedBody(agentUpdate, body), '');
}

export function agentStatus(body: unknown): AgentStatus {
  return checkedBody(agentStatusUpdate, body).status;
}

export type AgentTarget = readonly AgentId[] | QueryCondition<AgentRow>;

export function agentBatchTarget(body: unknown): AgentTarget {
  return batchTarget(checkedBody(agentBatch, body), agentFields, agentId);
}

export function agentBatchChange(body: unknown): { readonly target: AgentTarget; readonly change: AgentUpdate } {
  const { change, ...target } = checkedBody(agentBatchUpdate, body);
  return { target: batchTarget(target, agentFields, agentId), change: changeOf(change, '/change') };
}

function specOf(body: z.infer<typeof agentCreation>, pointer: string): AgentCreationSpec {
  return {
    ...body,
    id: agentId(body.id, `${pointer}/id`),
    scalingGroupName: scalingGroupName(body.scalingGroupName, `${pointer}/scalingGroupName`),
    availableSlots: resourceSlot(body.availableSlots, `${pointer}/availableSlots`),
  };
}

function changeOf(body: z.infer<typeof agentUpdate>, pointer: string): AgentUpdate {
  const { availableSlots: slots, ...rest } = body;
  return {
    ...rest,
    ...(slots === undefined ? {} : { availableSlots: resourceSlot(slots, `${pointer}/availableSlots`) }),
  };
}
