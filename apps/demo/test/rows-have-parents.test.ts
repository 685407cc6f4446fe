import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import type { MigrationList } from '@holdfast/base';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { entities, migrations } from '../src/domains.js';
import { LiveSessionsAreOfMembers } from '../src/migrations/live-sessions-are-of-members.js';
import { ParentsAreValidated } from '../src/migrations/parents-are-validated.js';
import { parentKeys } from '../src/migrations/parent-keys.js';
import { RowsHaveParents } from '../src/migrations/rows-have-parents.js';

const later: MigrationList = [RowsHaveParents, ParentsAreValidated, LiveSessionsAreOfMembers];
const earlier = migrations.filter((one) => !later.includes(one));
const upToIt = [...earlier, RowsHaveParents];

const id = (n: number): string => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
const [group, user] = [id(1), id(2)];

let test: TestDatabase;
beforeEach(async () => void (test = await createTestDatabase({ entities, migrations: earlier })));
afterEach(() => test.close());

/** A session as it was stored when nobody asked whether its domain, group and user are there. */
const store = (n: number, domain: string, createdAt: string): Promise<unknown> =>
  test.dataSource.query(
    `INSERT INTO sessions (id, creation_id, name, session_type, status, domain_name, group_id, user_uuid, access_key,
       scaling_group_name, images, requested_slots, created_at)
     VALUES ($1, $2, $2, 'batch', 'TERMINATED', $3, $4, $5, 'KEY', 'default', '{}', '{}', $6)`,
    [id(100 + n), `old-${n}`, domain, group, user, createdAt],
  );

const rows = (sql: string): Promise<unknown> => test.dataSource.query(sql);
const parents = async (): Promise<unknown> => ({
  domains: await rows('SELECT name FROM domains ORDER BY name'),
  groups: await rows('SELECT id, domain_name FROM groups ORDER BY id'),
  users: await rows('SELECT id, domain_name FROM users ORDER BY id'),
});

describe('RowsHaveParents', () => {
  it('makes a group and a user that are named with several domains in the domain of their first session', async () => {
    await store(1, 'c', '2026-03-01');
    await store(2, 'a', '2026-01-01');
    await store(3, 'b', '2026-02-01');

    await test.database.migrate(upToIt);

    expect(await parents()).toEqual({
      domains: [{ name: 'a' }, { name: 'b' }, { name: 'c' }],
      groups: [{ id: group, domain_name: 'a' }],
      users: [{ id: user, domain_name: 'a' }],
    });
  });

  it('takes along what it has made when it is undone, and nothing else', async () => {
    await rows(`INSERT INTO domains (name, id, allowed_docker_registries) VALUES ('kept', '${id(9)}', '{}')`);
    await store(1, 'kept', '2026-01-01');
    await store(2, 'made', '2026-01-02');

    await test.database.migrate(upToIt);
    await test.database.revertMigrations(upToIt, { steps: 1 });

    expect(await parents()).toEqual({ domains: [{ name: 'kept' }], groups: [], users: [] });
    expect(await rows('SELECT FROM sessions')).toHaveLength(2);
  });

  it('leaves what it has made where somebody has used it since', async () => {
    await store(1, 'made', '2026-01-01');
    await test.database.migrate(upToIt);
    await rows(`UPDATE domains SET is_active = false, modified_at = now()`);
    await rows(`UPDATE groups SET description = 'ours'`);
    await rows(`INSERT INTO keypairs (access_key, user_id, domain_name, user_role)
                SELECT 'KEY', id, domain_name, role FROM users`);

    await test.database.revertMigrations(upToIt, { steps: 1 });

    expect(await parents()).toEqual({
      domains: [{ name: 'made' }],
      groups: [{ id: group, domain_name: 'made' }],
      users: [{ id: user, domain_name: 'made' }],
    });
  });

  it('leaves a group that has a member since, and the member', async () => {
    await store(1, 'made', '2026-01-01');
    await test.database.migrate(upToIt);
    await rows(`INSERT INTO group_members (group_id, user_uuid) SELECT '${group}', '${user}'`);

    await test.database.revertMigrations(upToIt, { steps: 1 });

    expect(await rows('SELECT group_id, user_uuid FROM group_members')).toEqual([{ group_id: group, user_uuid: user }]);
    expect(await parents()).toEqual({
      domains: [{ name: 'made' }],
      groups: [{ id: group, domain_name: 'made' }],
      users: [{ id: user, domain_name: 'made' }],
    });
  });

  it('leaves a domain that has a user, a group or a channel since', async () => {
    for (const [n, name] of ['user', 'group', 'channel', 'none'].entries()) await store(n, name, `2026-01-0${n + 1}`);
    await test.database.migrate(upToIt);
    await rows(
      `INSERT INTO users (id, username, email, domain_name) VALUES ('${id(3)}', 'ada', 'ada@example.com', 'user')`,
    );
    await rows(`INSERT INTO groups (id, name, domain_name) VALUES ('${id(4)}', 'vision', 'group')`);
    await rows(`INSERT INTO notification_channels (id, name, channel_type, config, domain_name)
                VALUES ('${id(5)}', 'ops', 'webhook', '{"url": ""}', 'channel')`);

    await test.database.revertMigrations(upToIt, { steps: 1 });

    expect(await parents()).toEqual({
      domains: [{ name: 'channel' }, { name: 'group' }, { name: 'user' }],
      groups: [{ id: id(4), domain_name: 'group' }],
      users: [{ id: id(3), domain_name: 'user' }],
    });
  });

  it('refuses new rows at once, and leaves those that are there to be looked at while others write', async () => {
    await store(1, 'old', '2026-01-01');
    const unvalidated = () => rows(`SELECT conname FROM pg_constraint WHERE contype = 'f' AND NOT convalidated`);

    await test.database.migrate(upToIt);

    expect(await unvalidated()).toHaveLength(parentKeys.length);
    await expect(store(2, 'none', '2026-01-02')).rejects.toMatchObject({ driverError: { code: '23503' } });

    await test.database.migrate([...upToIt, ParentsAreValidated]);

    expect(await unvalidated()).toEqual([]);
  });
});
