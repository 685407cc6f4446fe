import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Client } from 'pg';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { type RunningDemo, runDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';

const [research] = syntheticTenants.domains;
const [alice, bob] = research!.users;

describe('row-level security, the second wall', () => {
  const role = `holdfast_demo_${randomBytes(6).toString('hex')}`;
  let database: ScratchDatabase;
  let demo: RunningDemo;
  let client: Client;

  beforeAll(async () => {
    database = await scratchDatabase();
    await database.query(`CREATE ROLE ${role} LOGIN PASSWORD '${role}'`);
    await database.query(`GRANT CREATE ON SCHEMA public TO ${role}`);
    const url = new URL(database.url);
    url.username = url.password = role;
    demo = await runDemo({ databaseUrl: url.href });
    client = new Client({ connectionString: url.href });
    await client.connect();
  });
  afterAll(async () => {
    await client.end();
    await demo.stop();
    await database.query(`DROP OWNED BY ${role}`);
    await database.query(`DROP ROLE ${role}`);
    await database.drop();
  });

  /** In a transaction that is rolled back, with the rows of the scopes visible. */
  async function as<Result>(scopes: object, work: () => Promise<Result>): Promise<Result> {
    await client.query('BEGIN');
    await client.query(`SELECT set_config('holdfast.scope', $1, true)`, [JSON.stringify(scopes)]);
    return work().finally(() => client.query('ROLLBACK'));
  }
  const owners = async (): Promise<readonly string[]> => {
    const { rows } = await client.query<{ owner: string }>('SELECT DISTINCT user_uuid AS owner FROM sessions');
    return rows.map(({ owner }) => owner).sort();
  };

  it('is in force for the role of the demo', () => {
    expect(demo.printed()).toContain('\nRow-level security of sessions and kernels is in force:\n');
    expect(demo.printed()).not.toContain('defeats');
  });

  it('shows nothing to a connection that does not say whose sessions it means, before and after others', async () => {
    expect(await owners()).toEqual([]);
    await as({ user: `{${alice!.id}}` }, owners);
    expect(await owners()).toEqual([]);
    expect((await client.query('SELECT * FROM kernels')).rows).toEqual([]);
  });

  it('shows the sessions of those whom it is told of, and no others, to a query that names none', async () => {
    const project = research!.users.filter((user) => user.project === alice!.project).map(({ id }) => id as string);

    expect(await as({ user: `{${alice!.id}}` }, owners)).toEqual([alice!.id]);
    expect(await as({ user: `{${alice!.id},${bob!.id}}` }, owners)).toEqual([alice!.id, bob!.id].sort());
    expect(await as({ 'access-key': `{${bob!.accessKey}}` }, owners)).toEqual([bob!.id]);
    expect(await as({ project: `{${alice!.project.id}}` }, owners)).toEqual(project.sort());
    expect(await as({ domain: '{nowhere}' }, owners)).toEqual([]);
  });

  it('raises where a session would become another user’s, or be made one', async () => {
    const give = (): Promise<unknown> => client.query('UPDATE sessions SET user_uuid = $1', [bob!.id]);
    const plant = (): Promise<unknown> =>
      client.query(
        `INSERT INTO sessions (id, creation_id, name, session_type, domain_name, group_id, user_uuid, access_key,
                               scaling_group_name, images, requested_slots)
         VALUES (gen_random_uuid(), 'x', 'planted', 'batch', 'research', $1, $2, 'x', 'x', '{}', '{}')`,
        [bob!.project.id, bob!.id],
      );

    for (const write of [give, plant]) {
      await expect(as({ user: `{${alice!.id}}` }, write)).rejects.toMatchObject({ code: '42501' });
    }
  });

  it('changes no session that it does not show', async () => {
    const { rowCount } = await as({ user: `{${alice!.id}}` }, () =>
      client.query('DELETE FROM sessions WHERE user_uuid = $1', [bob!.id]),
    );

    expect(rowCount).toBe(0);
  });

  it('lets the demo serve its users, its administrators and its scheduler', async () => {
    const found = async (key: string): Promise<number> => {
      const { body } = await demo.call(key, '/sessions?first=0&total=exact');
      return (body['total'] as { value: number }).value;
    };
    const [counts] = await database.query<Record<string, number>>(`
      SELECT count(*) FILTER (WHERE user_uuid = '${alice!.id}' AND deleted_at IS NULL)::int AS alice,
             count(*) FILTER (WHERE domain_name = 'research' AND deleted_at IS NULL)::int AS research,
             count(*) FILTER (WHERE deleted_at IS NULL)::int AS everybody
      FROM sessions`);
    const scheduled = await demo.call(syntheticTenants.superadminKey, '/schedule/research-gpu');

    expect(counts!['alice']).toBeGreaterThan(0);
    expect(await found(alice!.accessKey)).toBe(counts!['alice']);
    expect(await found(research!.adminKey)).toBe(counts!['research']);
    expect(await found(syntheticTenants.superadminKey)).toBe(counts!['everybody']);
    expect((scheduled.body['pendingSessions'] as unknown[]).length).toBeGreaterThan(0);
  });

  it('is said to be defeated where the demo is given a superuser', async () => {
    const other = await scratchDatabase();
    const asSuperuser = await runDemo({ databaseUrl: other.url });
    await asSuperuser.stop();
    await other.drop();

    expect(asSuperuser.printed()).toMatch(
      /\nRow-level security of sessions and kernels is not in force:\n {2}defeats {2}The role \w+ is a superuser: /,
    );
  });
});
