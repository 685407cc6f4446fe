import { Database, guardedPool } from '@holdfast/base';
import {
  domainConflictChecks,
  DomainConditions,
  DomainRepositories,
  type DomainRow,
  domainScope,
} from '@holdfast/domain-repository';
import { domainEntities } from '@holdfast/domain-repository/entities';
import { domainMigrations } from '@holdfast/domain-repository/migrations';
import { domainName, resourceSlot } from '@holdfast/domain-types';
import { batchQuerier, unscoped } from '@holdfast/querier';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...domainEntities], ...guardedPool() });
await dataSource.initialize();
const database = new Database(dataSource);
await database.migrate(domainMigrations);

// What keeps a domain from being purged lies in tables that the application knows.
await dataSource.query('CREATE TABLE members (domain_name text NOT NULL)');
const conflictChecks = domainConflictChecks({ users: { table: 'members', column: 'domain_name' } });
const { repository } = DomainRepositories.create({ database, conflictChecks });

const administrator = unscoped('the administrator sets up the tenants');
const totalResourceSlots = resourceSlot({ cpu: 64, 'cuda.device': 8 });
for (const name of ['research', 'sales']) {
  await repository.create(administrator, { name: domainName(name), totalResourceSlots });
}
const research = domainName('research');
await repository.setDefault(administrator, research);

// A tenant sees its own.
const mine = domainScope(domainName('sales'));
const { items } = await repository.search(
  mine,
  batchQuerier<DomainRow>({ conditions: [DomainConditions.isActive()], pagination: { limit: 10, offset: 0 } }),
);
for (const { name, isDefault, totalResourceSlots } of items) console.log(name, isDefault, totalResourceSlots['cpu']);

await dataSource.query(`INSERT INTO members VALUES ('sales')`);
for (const name of [research, domainName('sales')]) {
  await repository.purge(administrator, name).catch((error: Error) => console.log(error.name, error.message));
}

await database.close();
await dataSource.destroy();
