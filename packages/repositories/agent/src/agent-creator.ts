import { type CreatorSpec, NotNullViolation } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import type { AgentCreationSpec } from './agent-creation-spec.js';
import type { AgentPast } from './agent-past.js';
import type { AgentRow } from './agent-row.js';

/** The row of a new agent. */
export function agentCreator(spec: AgentCreationSpec): CreatorSpec<AgentRow> {
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
    integrityErrorChecks: [
      {
        violation: NotNullViolation,
        error: (violation) =>
          new InvalidInput(
            'MISSING_VALUE',
            'An agent needs a scaling group, from its scope or from its spec.',
            '/scalingGroupName',
            violation,
          ),
      },
    ],
  };
}

function columnsOf(past: AgentPast): Partial<AgentRow> {
  return {
    status: past.status,
    statusChangedAt: past.statusChangedAt ?? past.firstContact,
    occupiedSlots: resourceSlot(past.occupiedSlots ?? {}, '/past/occupiedSlots'),
    firstContact: past.firstContact,
    lostAt: past.lostAt ?? null,
  };
}
