import { CheckViolation, entityOperations } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import { missingValue } from '@holdfast/standard-repository';
import { AgentAlreadyExists } from './agent-already-exists.js';
import type { AgentInfo } from './agent-info.js';
import { AgentIsOccupied } from './agent-is-occupied.js';
import { AgentNotFound } from './agent-not-found.js';
import { AgentRow, toAgentInfo } from './agent-row.js';

/** The standard operations of agents. */
export const agents = entityOperations<AgentRow, AgentInfo, AgentId>({
  entity: AgentRow,
  toData: toAgentInfo,
  notFound: (id) => new AgentNotFound(id),
  alreadyExists: () => new AgentAlreadyExists(),
  softDelete: 'deletedAt',
  integrityErrorChecks: [
    {
      violation: CheckViolation,
      constraint: 'agents_free_deleted',
      error: (violation) => new AgentIsOccupied('soft-delete', violation),
    },
    {
      violation: CheckViolation,
      constraint: 'agents_free_purged',
      error: (violation) => new AgentIsOccupied('purge', violation),
    },
    missingValue(AgentRow, { scalingGroupName: 'An agent needs a scaling group, from its scope or from its spec.' }),
  ],
});
