import * as runner from '@jest/globals';
import { describeOrders } from '@holdfast/testing';
import { agents } from '../src/agent-operations.js';
import { agentEntities } from '../src/entities.js';
import { agentFields, AgentOrders } from '../src/index.js';
import { agentMigrations } from '../src/migrations/index.js';
import { inBlue } from './fixture/agents.js';

describeOrders(runner, 'agents of a scaling group', {
  tables: { entities: agentEntities, migrations: agentMigrations },
  // Ids say nothing of groups.
  fill: ({ dataSource }) =>
    dataSource.query(`
      INSERT INTO agents (id, status, status_changed_at, region, scaling_group_name, available_slots, gpu_model, addr,
                          version, architecture, first_contact, modified_at)
      SELECT 'i-' || lpad(n::text, 6, '0'), CASE WHEN n % 5 = 0 THEN 'LOST' ELSE 'ALIVE' END,
             now() - n * 7919 % 20011 * interval '1 minute', 'region ' || n % 7,
             CASE WHEN n % 2 = 0 THEN 'blue' ELSE 'red' END, '{}', CASE WHEN n % 3 > 0 THEN 'GPU ' || n * 5003 % 20011 END, 'tcp://a',
             '1', 'x86_64', now() - n * 3001 % 20011 * interval '1 minute', now() - n * 104729 % 20011 * interval '1 minute'
      FROM generate_series(1::bigint, 20000) n`),
  search: (querier) => agents.search(inBlue, querier),
  orders: AgentOrders,
  fields: agentFields,
});
