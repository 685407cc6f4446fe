import { entityOperations } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import { missingValue } from '@holdfast/standard-repository';
import { AgentAlreadyExists } from './agent-already-exists.js';
import type { AgentInfo } from './agent-info.js';
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
    missingValue(AgentRow, { scalingGroupName: 'An agent needs a scaling group, from its scope or from its spec.' }),
  ],
});
