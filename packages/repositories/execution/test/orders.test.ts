import * as runner from '@jest/globals';
import { describeOrders } from '@holdfast/testing';
import { executionEntities } from '../src/entities.js';
import { domainScope, executionFields, ExecutionOrders } from '../src/index.js';
import { executionMigrations } from '../src/migrations/index.js';
import { executions } from '../src/execution-operations.js';
import { alice, blue } from './fixture/executions.js';

describeOrders(runner, 'executions of a domain', {
  tables: { entities: executionEntities, migrations: executionMigrations },
  // Those of the other domain come first by id: who looks for its own that way finds all of them.
  fill: ({ dataSource }) =>
    dataSource.query(`
      INSERT INTO executions (id, user_uuid, name, status, domain_name, created_at, modified_at)
      SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, '${alice}', 'name ' || n * 7919 % 20011,
             CASE WHEN n % 5 = 0 THEN 'RUNNING' ELSE 'SCHEDULED' END, CASE WHEN n > 10000 THEN 'blue' ELSE 'red' END,
             now() - n * 7919 % 20011 * interval '1 minute', now() - n * 104729 % 20011 * interval '1 minute'
      FROM generate_series(1, 20000) n`),
  search: (querier) => executions.search(domainScope(blue), querier),
  orders: ExecutionOrders,
  fields: executionFields,
});
