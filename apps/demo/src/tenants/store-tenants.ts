import type { Database, DbWriteSession } from '@holdfast/base';
import { unscoped } from '@holdfast/querier';
import type { Repositories } from '../repositories.js';
import { untilUnlocked } from '../until-unlocked.js';
import type { DemoDomain, DemoUser, TenantDirectory } from './tenant-directory.js';

/** Any number that nobody else takes: two demos on one database make its tenants one after the other. */
const TENANTS_LOCK = 8_152_152_4;

const all = unscoped('the demo makes its tenants');
const deletedToo = { includeDeleted: true };

/** Makes those domains, projects and users of the directories that are not there yet. */
export async function storeTenants(
  database: Database,
  repositories: Repositories,
  directories: readonly TenantDirectory[],
): Promise<void> {
  const store = async (dbSession: DbWriteSession): Promise<void> => {
    await dbSession.sql`SELECT pg_advisory_xact_lock(${TENANTS_LOCK})`;
    for (const { domains } of directories)
      for (const domain of domains) await storeDomain(dbSession, repositories, domain);
  };
  await untilUnlocked(() => database.beginSession(store));
}

async function storeDomain(
  dbSession: DbWriteSession,
  repositories: Repositories,
  { name, projects, users: known }: DemoDomain,
): Promise<void> {
  const [domains, groups, users] = [
    repositories.domains.within(dbSession),
    repositories.groups.within(dbSession),
    repositories.users.within(dbSession),
  ];
  if ((await domains.find(all, name, deletedToo)) === null) await domains.create(all, { name });
  for (const { id, name: project } of projects) {
    if ((await groups.find(all, id, deletedToo)) === null) {
      await groups.create(all, { id, name: project, domainName: name });
    }
  }
  const there = await users.loadMany(
    all,
    known.map(({ id }) => id),
    deletedToo,
  );
  const missing = known.filter((_, i) => there[i] === null);
  await users.bulkCreate(all, missing.map(specOf));
  for (const { id } of projects) {
    const members = missing.filter(({ project }) => project.id === id).map((user) => user.id);
    if (members.length > 0) await groups.assignUsers(all, id, members);
  }
}

const specOf = ({ id, name, domainName }: DemoUser) => ({
  id,
  username: name,
  email: `${name}@${domainName}.example`,
  domainName,
});
