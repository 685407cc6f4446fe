import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ForeignKeyViolation } from '@holdfast/base';
import { DomainHasGroups, DomainHasSessions, DomainHasUsers } from '@holdfast/domain-repository';
import { type DomainName, domainName, type ProjectId, type UserId } from '@holdfast/domain-types';
import { GroupHasActiveSessions, GroupHasSessions, GroupMemberHasActiveSessions } from '@holdfast/group-repository';
import { channelDomainScope, DomainHasNotificationChannels } from '@holdfast/notification-repository';
import { unscoped } from '@holdfast/querier';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { UserHasLiveSessions, UserHasSessions } from '@holdfast/user-repository';
import { entities, migrations } from '../src/domains.js';
import { MembersAreUsers } from '../src/migrations/members-are-users.js';
import type { Repositories } from '../src/repositories.js';
import { demoRepositories, sessionOf } from './support/demo-repositories.js';
import { heldWrite } from './support/held-write.js';

const all = unscoped('a test');

let test: TestDatabase;
let repositories: Repositories;
beforeAll(async () => {
  test = await createTestDatabase({ entities, migrations, pool: { max: 5 } });
  repositories = demoRepositories(test.database);
});
afterAll(() => test.close());

/** A domain, empty, and one that has a group with a member. */
interface World {
  readonly empty: DomainName;
  readonly group: ProjectId;
  readonly user: UserId;
}

let count = 0;
async function newWorld(): Promise<World> {
  const name = `race-${++count}`;
  const [empty, home] = [domainName(`${name}-empty`), domainName(`${name}-home`)];
  await repositories.domains.bulkCreate(all, [{ name: empty }, { name: home }]);
  const { id: group } = await repositories.groups.create(all, { name: 'vision', domainName: home });
  const { id: user } = await repositories.users.create(all, userOf(home));
  await repositories.groups.assignUsers(all, group, [user]);
  return { empty, group, user };
}

const userOf = (domain: DomainName) => ({ username: 'ada', email: 'ada@example.com', domainName: domain });

const createSession = (use: Repositories, { group, user }: World, domain: DomainName, isOver = false) => {
  const over = isOver && { past: { status: 'TERMINATED' as const, createdAt: new Date(0) } };
  const owner = { groupId: group, userUuid: user };
  return use.sessions.create(all, sessionOf(owner, { name: 'raced', domainName: domain, ...over }));
};

const elsewhere = domainName('elsewhere');
const inElsewhere = (isOver: boolean) => async (use: Repositories, world: World) =>
  createSession(use, world, elsewhere, isOver);
const purgeDomain = (use: Repositories, { empty }: World) => use.domains.purge(all, empty);
const purgeGroup = (use: Repositories, { group }: World) => use.groups.purge(all, group);
const purgeUser = (use: Repositories, { user }: World) => use.users.purge(all, user);
/** What is answered for the only one is thrown, like the refusals of the others. */
const removeMember = async (use: Repositories, { group, user }: World): Promise<unknown> => {
  const { removed, failures } = await use.groups.unassignUsers(all, group, [user]);
  if (failures.length > 0) throw failures[0]!.error;
  return removed;
};

type Work = (use: Repositories, world: World) => Promise<unknown>;

const races: readonly (readonly [created: string, purged: string, Work, Work, new (...args: never[]) => Error])[] = [
  ['user', 'domain', (use, { empty }) => use.users.create(all, userOf(empty)), purgeDomain, DomainHasUsers],
  [
    'group',
    'domain',
    (use, { empty }) => use.groups.create(all, { name: 'a', domainName: empty }),
    purgeDomain,
    DomainHasGroups,
  ],
  ['session', 'domain', (use, world) => createSession(use, world, world.empty), purgeDomain, DomainHasSessions],
  [
    'notification channel',
    'domain',
    (use, { empty }) =>
      use.channels.create(channelDomainScope(empty), {
        name: 'a',
        type: 'webhook',
        config: { url: 'https://example.org' },
      }),
    purgeDomain,
    DomainHasNotificationChannels,
  ],
  ['session', 'group', inElsewhere(false), purgeGroup, GroupHasActiveSessions],
  ['session that is over', 'group', inElsewhere(true), purgeGroup, GroupHasSessions],
  ['session', 'user', inElsewhere(false), purgeUser, UserHasLiveSessions],
  ['session that is over', 'user', inElsewhere(true), purgeUser, UserHasSessions],
  ['session', 'membership', inElsewhere(false), removeMember, GroupMemberHasActiveSessions],
];

const holding = (
  first: (use: Repositories) => Promise<unknown>,
  second: () => Promise<unknown>,
): ReturnType<typeof heldWrite> => heldWrite(test, repositories, first, second);

const orphans = async (): Promise<readonly object[]> =>
  test.dataSource.query(`
    SELECT 'user' AS kind FROM users WHERE domain_name NOT IN (SELECT name FROM domains)
    UNION ALL SELECT 'group' FROM groups WHERE domain_name NOT IN (SELECT name FROM domains)
    UNION ALL SELECT 'channel' FROM notification_channels WHERE domain_name NOT IN (SELECT name FROM domains)
    UNION ALL SELECT 'session' FROM sessions WHERE domain_name NOT IN (SELECT name FROM domains)
      OR group_id NOT IN (SELECT id FROM groups) OR user_uuid NOT IN (SELECT id FROM users)
    UNION ALL SELECT 'live session' FROM sessions s WHERE status NOT IN ('TERMINATED', 'CANCELLED') AND NOT EXISTS (
      SELECT FROM group_members m WHERE m.group_id = s.group_id AND m.user_uuid = s.user_uuid)`);

describe.each(races)('a %s that is created while its %s goes', (_created, _purged, create, purge, refusal) => {
  beforeAll(async () => {
    if ((await repositories.domains.find(all, elsewhere)) === null) {
      await repositories.domains.create(all, { name: elsewhere });
    }
  });

  it('keeps it, if it was created before', async () => {
    const world = await newWorld();

    const [created, purged] = await holding(
      (use) => create(use, world),
      () => purge(repositories, world),
    );

    expect(created).toMatchObject({ status: 'fulfilled' });
    expect(purged).toMatchObject({ status: 'rejected', reason: expect.any(refusal) });
    expect(await orphans()).toEqual([]);
  });

  it('is not created, if that was gone before', async () => {
    const world = await newWorld();

    const [purged, created] = await holding(
      (use) => purge(use, world),
      () => create(repositories, world),
    );

    expect(purged).toMatchObject({ status: 'fulfilled' });
    expect(created).toMatchObject({ status: 'rejected', reason: expect.any(ForeignKeyViolation) });
    expect(await orphans()).toEqual([]);
  });

  it('leaves no orphan, whoever is faster', async () => {
    for (let round = 0; round < 10; round++) {
      const world = await newWorld();

      const outcomes = await Promise.allSettled([create(repositories, world), purge(repositories, world)]);

      expect(outcomes.map(({ status }) => status).sort()).toEqual(['fulfilled', 'rejected']);
      expect(await orphans()).toEqual([]);
    }
  });
});

describe('a database from before the foreign keys', () => {
  it('gets what its sessions belong to', async () => {
    const old = await createTestDatabase({
      entities,
      migrations: migrations.slice(0, migrations.indexOf(MembersAreUsers) + 1),
    });
    try {
      const use = demoRepositories(old.database);
      const world = {
        empty: domainName('old'),
        group: '00000000-0000-4000-8000-000000000001' as ProjectId,
        user: '00000000-0000-4000-8000-000000000002' as UserId,
      };
      await createSession(use, world, world.empty);

      await old.database.migrate(migrations);

      expect(await use.domains.get(all, world.empty)).toMatchObject({ name: 'old' });
      expect(await use.groups.isMember(all, world.group, world.user)).toBe(true);
      expect(await use.users.get(all, world.user)).toMatchObject({ status: 'inactive' });
      await expect(createSession(use, world, domainName('none'))).rejects.toBeInstanceOf(ForeignKeyViolation);
    } finally {
      await old.close();
    }
  });
});
