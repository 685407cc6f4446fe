import { checkObject, type CreatorSpec } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { checkMembers } from '@holdfast/standard-repository';
import type { AgentCreationSpec } from './agent-creation-spec.js';
import type { AgentPast } from './agent-past.js';
import type { AgentRow } from './agent-row.js';
import { AGENT_STATUSES } from './agent-status.js';

const given: ReadonlySet<string> = new Set<keyof AgentCreationSpec>([
  'id',
  'region',
  'scalingGroupName',
  'availableSlots',
  'addr',
  'version',
  'architecture',
  'gpuModel',
  'schedulable',
  'past',
]);

/** The row of a new agent. */
export function agentCreator(spec: AgentCreationSpec): CreatorSpec<AgentRow> {
  checkMembers(spec, given);
  return {
    values: {
      id: spec.id,
      region: spec.region,
      availableSlots: resourceSlot(spec.availableSlots, '/availableSlots'),
      addr: spec.addr,
      version: spec.version,
      architecture: spec.architecture,
      gpuModel: spec.gpuModel ?? null,
      schedulable: spec.schedulable ?? true,
      ...(spec.past !== undefined && columnsOf(spec.past)),
      // What the scope gives must stay absent here; the scope fills it in.
      ...(spec.scalingGroupName !== undefined && { scalingGroupName: spec.scalingGroupName }),
    },
  };
}

function columnsOf(past: AgentPast): Partial<AgentRow> {
  checkObject(past, '/past');
  if (!AGENT_STATUSES.includes(past.status)) {
    throw new InvalidInput('INVALID_VALUE', 'No status of an agent.', '/past/status');
  }
  return {
    status: past.status,
    statusChangedAt: past.statusChangedAt ?? past.firstContact,
    firstContact: past.firstContact,
    lostAt: past.lostAt ?? null,
  };
}
