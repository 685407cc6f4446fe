import { fields, usualOperators } from '@holdfast/querier';
import type { AgentRow } from './agent-row.js';
import { AGENT_STATUSES } from './agent-status.js';

const { choice, range, text } = usualOperators;

/** What a request may filter agents by and order them by. Addresses are left out: they are nobody's to probe. */
export const agentFields = fields<AgentRow>({
  id: { type: 'text', operators: text, order: true },
  status: { type: 'text', values: AGENT_STATUSES, operators: choice, order: true },
  statusChangedAt: { type: 'timestamp', operators: range, order: true },
  region: { type: 'text', operators: choice, order: true },
  scalingGroupName: { type: 'text', operators: choice, order: true },
  schedulable: { type: 'boolean', operators: ['eq'] },
  gpuModel: { type: 'text', operators: [...text, 'isNull'], order: true },
  version: { type: 'text', operators: choice },
  architecture: { type: 'text', operators: choice },
  firstContact: { type: 'timestamp', operators: range, order: true },
  lostAt: { type: 'timestamp', operators: [...range, 'isNull'] },
  modifiedAt: { type: 'timestamp', operators: range, order: true },
});
