import * as runner from '@jest/globals';
import { describeOrders } from '@holdfast/testing';
import { domains } from '../src/domain-operations.js';
import { domainEntities } from '../src/entities.js';
import { domainFields, DomainOrders } from '../src/index.js';
import { domainMigrations } from '../src/migrations/index.js';
import { everybody } from './fixture/domains.js';

describeOrders(runner, 'domains', {
  tables: { entities: domainEntities, migrations: domainMigrations },
  fill: ({ dataSource }) =>
    dataSource.query(`
      INSERT INTO domains (id, name, allowed_docker_registries, created_at, modified_at)
      SELECT gen_random_uuid(), 'domain ' || n * 7919 % 10007, '{}',
             now() - n * 7919 % 10007 * interval '1 minute', now() - n * 104729 % 10007 * interval '1 minute'
      FROM generate_series(1, 10000) n`),
  search: (querier) => domains.search(everybody, querier),
  orders: DomainOrders,
  fields: domainFields,
});
