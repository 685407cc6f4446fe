import { Database, guardedPool } from '@holdfast/base';
import { domainName, userId } from '@holdfast/domain-types';
import { domainScope, GroupRepositories, type GroupRow, noActiveSessions, userScope } from '@holdfast/group-repository';
import { groupEntities } from '@holdfast/group-repository/entities';
import { groupMigrations } from '@holdfast/group-repository/migrations';
import { batchQuerier } from '@holdfast/querier';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...groupEntities], ...guardedPool() });
await dataSource.initialize();
const database = new Database(dataSource);
await database.migrate(groupMigrations);

// What keeps a member from being removed lies in tables that the application knows.
await dataSource.query('CREATE TABLE runs (group_id uuid, user_uuid uuid)');
const memberConflictChecks = [noActiveSessions({ table: 'runs', groupColumn: 'group_id', userColumn: 'user_uuid' })];
const { repository } = GroupRepositories.create({ database, memberConflictChecks });

const research = domainScope(domainName('research'));
const { id } = await repository.create(research, { name: 'vision' });
const ada = userId('01890a5d-ac96-774b-bcce-b302099a8057');
const bob = userId('01890a5d-ac96-774b-bcce-b302099a8058');
await repository.assignUsers(research, id, [ada]);
const { assigned, alreadyMembers } = await repository.assignUsers(research, id, [ada, bob]);
console.log(assigned.length, 'assigned,', alreadyMembers.length, 'there already');

// A user sees the groups that it is a member of.
const querier = batchQuerier<GroupRow>({ pagination: { limit: 10, offset: 0 } });
for (const { name, domainName } of (await repository.search(userScope(ada), querier)).items) {
  console.log(name, domainName);
}

// Whoever starts a session keeps its user a member for so long.
await database.beginSession(async (dbSession) => {
  await repository.within(dbSession).requireMember(research, id, ada, { lock: 'share' });
  await dbSession.sql`INSERT INTO runs VALUES (${id}, ${ada})`;
});
const { removed, failures } = await repository.unassignUsers(research, id, [ada, bob]);
console.log(removed.length, 'removed, not removed:', failures[0]?.error.name);

await database.close();
await dataSource.destroy();
