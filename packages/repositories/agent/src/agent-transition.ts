import { type WriteSpec, writeSpec } from '@holdfast/base';
import type { AgentId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import { compileScope, type Scope, SqlWriter } from '@holdfast/querier';
import type { AgentInfo } from './agent-info.js';
import { AgentRow, toAgentInfo } from './agent-row.js';
import { AGENT_STATUSES, type AgentStatus, legalPredecessors } from './agent-status.js';

/**
 * Moves one agent to a status, if it is in one that may go there: null if it is not, or is not there.
 * The check and the change are one statement, so that of two movers only one succeeds.
 */
export function agentTransition(scope: Scope<AgentRow>, id: AgentId, to: AgentStatus): WriteSpec<AgentInfo | null> {
  if (!AGENT_STATUSES.includes(to)) throw new InvalidInput('INVALID_VALUE', 'No status of an agent.', '/status');
  return writeSpec('updateStatus', (catalog) => {
    const mapping = catalog.mappingOf(AgentRow);
    const column = (property: keyof AgentRow): string => mapping.column(property).sql;
    const { type } = mapping.column('status');
    const writer = new SqlWriter();
    const changes = [
      `${column('status')} = ${writer.element(type, to, '/status')}`,
      `${column('statusChangedAt')} = now()`,
      `${column('lostAt')} = ${to === 'LOST' ? 'now()' : 'NULL'}`,
      ...mapping.bookkeeping(),
    ];
    const conditions = [
      `${column('id')} = ${writer.element(mapping.column('id').type, id, '/id')}`,
      compileScope(mapping, scope, writer),
      `${column('deletedAt')} IS NULL`,
      `${column('status')} = ANY(${writer.list(type, legalPredecessors(to), '/status')})`,
    ];
    const sql = `UPDATE ${mapping.table} SET ${changes.join(', ')} WHERE ${conditions.join(' AND ')}`;
    return {
      statement: mapping.returningRows(`${sql} RETURNING ${mapping.list}`),
      values: writer.values,
      finish: ({ rows }) => (rows[0] === undefined ? null : toAgentInfo(rows[0] as AgentRow)),
    };
  });
}
