import * as runner from '@jest/globals';
import { describeOrders } from '@holdfast/testing';
import { groupEntities } from '../src/entities.js';
import { groups } from '../src/group-operations.js';
import { groupFields, GroupOrders } from '../src/index.js';
import { groupMigrations } from '../src/migrations/index.js';
import { inNorth } from './fixture/groups.js';

describeOrders(runner, 'groups of a domain', {
  tables: { entities: groupEntities, migrations: groupMigrations },
  // Those of the other domain come first by id: who looks for its own that way finds all of them.
  fill: ({ dataSource }) =>
    dataSource.query(`
      INSERT INTO groups (id, name, domain_name, created_at, modified_at)
      SELECT ('00000000-0000-4000-8000-' || lpad(n::text, 12, '0'))::uuid, 'group ' || n * 7919 % 20011,
             CASE WHEN n > 10000 THEN 'north' ELSE 'south' END,
             now() - n * 7919 % 20011 * interval '1 minute', now() - n * 104729 % 20011 * interval '1 minute'
      FROM generate_series(1, 20000) n`),
  search: (querier) => groups.search(inNorth, querier),
  orders: GroupOrders,
  fields: groupFields,
});
