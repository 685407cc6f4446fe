import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DbWriteSession } from '@holdfast/base';
import { AssignedUserNotFound, GroupMemberHasActiveSessions } from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { inNorth, north, spec, user, users } from './fixture/groups.js';

const role = 'holdfast_group_test';

let test: GroupDatabase;
beforeAll(async () => {
  test = await groupDatabase();
  await test.dataSource.query(`CREATE ROLE ${role}; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`);
  for (const table of ['users', 'sessions']) {
    await test.dataSource.query(`ALTER TABLE ${table} ENABLE ROW LEVEL SECURITY;
      CREATE POLICY everybodys ON ${table} USING (current_setting('holdfast.unscoped', true) = 'on')`);
  }
});
afterAll(async () => {
  await test.dataSource.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await test.close();
});

describe('the checks of members', () => {
  it('see the users and the sessions that row-level security hides from who asks', async () => {
    const { id } = await test.plain.create(inNorth, spec());
    await test.addUsers(users(1, 2), north);
    await test.addSession(id, user(1));
    const asTenant = <Result>(work: (dbSession: DbWriteSession) => Promise<Result>): Promise<Result> =>
      test.database.beginSession(async (dbSession) => {
        await dbSession.sql`SELECT set_config('role', ${role}, true)`;
        return work(dbSession);
      });

    const assigned = await asTenant((dbSession) =>
      test.repository.within(dbSession).assignUsers(inNorth, id, users(1, 2, 3)),
    );
    const removed = await asTenant((dbSession) =>
      test.repository.within(dbSession).unassignUsers(inNorth, id, users(1, 2)),
    );
    const seen = await asTenant((dbSession) => dbSession.sql`SELECT FROM sessions`);

    expect(assigned).toMatchObject({ assigned: users(1, 2), failures: [{ error: expect.any(AssignedUserNotFound) }] });
    expect(removed).toMatchObject({
      removed: users(2),
      failures: [{ spec: user(1), error: expect.any(GroupMemberHasActiveSessions) }],
    });
    expect(seen).toEqual([]);
  });
});
