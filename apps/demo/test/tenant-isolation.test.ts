import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DemoDomain, DemoUser } from '../src/tenants/tenant-directory.js';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { agent, attacks, creation, everything, NOBODY, type Victim } from './support/attacks.js';
import { type Answer, runDemo, type RunningDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';

const [research, production] = syntheticTenants.domains as [DemoDomain, DemoDomain];
const [alice, bob] = research.users as [DemoUser, DemoUser];
const vision = alice.project;
const outsider = research.users.find((user) => user.project !== vision)!;
const ivan = production.users[0]!;

/** Who looks, and who must not be seen. `rows` are the sessions that the key is for, in SQL. */
const cases = [
  { who: 'a user', key: alice.accessKey, victim: bob, rows: `user_uuid = '${alice.id}'` },
  { who: 'a user of another domain', key: alice.accessKey, victim: ivan, rows: `user_uuid = '${alice.id}'` },
  { who: 'a project admin', key: vision.adminKey, victim: outsider, rows: `group_id = '${vision.id}'` },
  { who: 'a domain admin', key: research.adminKey, victim: ivan, rows: `domain_name = 'research'` },
];

describe('an access key over REST', () => {
  let database: ScratchDatabase;
  let demo: RunningDemo;

  beforeAll(async () => {
    database = await scratchDatabase();
    demo = await runDemo({ databaseUrl: database.url });
  });
  afterAll(async () => {
    await demo.stop();
    await database.drop();
  });

  /** Marks sessions of the victim with the canary, and takes a cursor of theirs. */
  async function prepared(owner: DemoUser): Promise<Victim> {
    const canary = `canary${randomBytes(6).toString('hex')}`;
    const create = async (name: string): Promise<string> => {
      const body = creation(name, { tag: canary, environ: { [canary]: canary }, creationId: canary, image: canary });
      const created = await demo.call(owner.accessKey, '/sessions', body);
      expect(created.status).toBe(201);
      return created.body['id'] as string;
    };
    const name = `theirs-${randomBytes(4).toString('hex')}`;
    const sessionId = await create(name);
    const deletedId = await create(`${name}-gone`);
    await demo.call(owner.accessKey, `/sessions/${deletedId}`, undefined, 'DELETE');
    const [kernelId, deletedKernelId] = [await kernelOf(sessionId, canary), await kernelOf(deletedId, canary)];
    const page = await demo.call(owner.accessKey, '/sessions?first=1');
    const cursor = page.body['endCursor'] as string;
    return { owner, canary, sessionId, name, deletedId, kernelId, deletedKernelId, cursor };
  }

  /** Gives a session a kernel, as a scheduler would. */
  async function kernelOf(sessionId: string, image: string): Promise<string> {
    const [row] = await database.query<{ id: string }>(
      `INSERT INTO kernels (id, session_id, image, requested_slots, domain_name, group_id, user_uuid, access_key)
       SELECT gen_random_uuid(), id, '${image}', requested_slots, domain_name, group_id, user_uuid, access_key
       FROM sessions WHERE id = '${sessionId}' RETURNING id`,
    );
    return row!.id;
  }

  async function fingerprint(owner: DemoUser): Promise<string> {
    const of = (table: string) =>
      `SELECT md5(string_agg(t::text, '|' ORDER BY t.id)) AS hash FROM ${table} t WHERE user_uuid = '${owner.id}'`;
    const sql = `SELECT concat((${of('sessions')}), (${of('kernels')})) AS hash`;
    return (await database.query<{ hash: string }>(sql))[0]!.hash;
  }

  async function countWhere(sql: string): Promise<number> {
    const rows = await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM sessions WHERE ${sql}`);
    return rows[0]!.n;
  }

  function expectNothingOf(victim: Victim, answer: Answer, sent: string): void {
    // What was sent may come back, e.g. in "No session <id>"; the canary may not, even then.
    const { canary, owner, sessionId, deletedId, kernelId, deletedKernelId } = victim;
    const ids = [sessionId, deletedId, kernelId, deletedKernelId];
    const secrets = [owner.id, owner.accessKey, ...ids].filter((secret) => !sent.includes(secret));
    expect([canary, ...secrets].filter((secret) => answer.text.includes(secret))).toEqual([]);
    for (const item of (answer.body['items'] ?? []) as { userUuid?: string }[]) {
      expect(item.userUuid).not.toBe(victim.owner.id);
    }
  }

  it('is tried on every route that is registered', () => {
    const routes = demo.routes.filter(({ method }) => method !== 'HEAD').map(({ method, url }) => `${method} ${url}`);
    expect([...routes].sort()).toEqual(Object.keys(attacks).sort());
    // HEAD only goes along with GET.
    for (const { url } of demo.routes.filter(({ method }) => method === 'HEAD')) expect(routes).toContain(`GET ${url}`);
  });

  describe.each(cases)('of $who, against the sessions of $victim.domainName/$victim.name', ({ key, victim, rows }) => {
    const mine = key === alice.accessKey || key === vision.adminKey ? alice : bob;

    it.each(Object.keys(attacks))('sees, changes and counts nothing of theirs by %s', async (route) => {
      // Given
      const target = await prepared(victim);
      const before = await fingerprint(victim);
      const [routeMethod, url] = route.split(' ') as [string, string];
      const { attempts, allowed } = attacks[route]!;

      for (const [path, body, method = routeMethod] of attempts(target, mine)) {
        // When
        const asked = path === '$' ? url : path;
        const answer = await demo.call(key, asked, body, method);

        // Then
        const sent = asked + JSON.stringify(body ?? '');
        expect([sent, allowed, allowed.includes(answer.status)]).toEqual([sent, allowed, true]);
        expectNothingOf(target, answer, sent);
        expect(await fingerprint(victim)).toBe(before);
        if (answer.body['count'] !== undefined) expect(answer.body).toEqual({ count: 0 });
      }
    });

    it('counts exactly what is its own', async () => {
      await prepared(victim);
      const page = await demo.call(key, '/sessions?total=exact&first=1');
      const own = await countWhere(`${rows} AND deleted_at IS NULL`);
      expect(page.body['total']).toEqual({ value: own, exact: true });
      expect(own).toBeGreaterThan(0);
    });

    it('cannot tell a foreign session from none', async () => {
      const { sessionId, deletedId } = await prepared(victim);
      for (const suffix of ['', '/status', '/restore', '/purge']) {
        const body = suffix === '/status' ? { status: 'SCHEDULED' } : undefined;
        const method = suffix === '' ? 'GET' : 'POST';
        const [foreign, deleted, none] = await Promise.all(
          [sessionId, deletedId, NOBODY].map(async (id) => {
            const answer = await demo.call(key, `/sessions/${id}${suffix}`, body, method);
            return [answer.status, answer.text.replaceAll(id, 'ID')];
          }),
        );
        expect(foreign).toEqual(none);
        expect(deleted).toEqual(none);
      }
    });

    it('sees the kernels of its own sessions, counts exactly these, and cannot tell a foreign one from none', async () => {
      const { canary, kernelId, deletedKernelId, sessionId } = await prepared(victim);
      const own = await prepared(mine);
      const page = await demo.call(key, '/kernels?total=exact&first=100&order=-createdAt');
      const live = `session_id IN (SELECT id FROM sessions WHERE deleted_at IS NULL)`;
      const [count] = await database.query<{ n: number }>(
        `SELECT count(*)::int AS n FROM kernels WHERE ${rows} AND ${live}`,
      );
      expect(page.body['total']).toEqual({ value: count!.n, exact: true });
      expect(page.text).not.toContain(canary);
      const one = await demo.call(key, `/kernels/${own.kernelId}`);
      expect(one.body).toMatchObject({ id: own.kernelId, sessionId: own.sessionId, image: own.canary });
      expect((await demo.call(key, `/sessions/${own.sessionId}/kernels`)).body).toEqual({ items: [one.body] });

      const answers = await Promise.all(
        [kernelId, deletedKernelId, NOBODY].map(async (id) => {
          const answer = await demo.call(key, `/kernels/${id}`);
          return [answer.status, answer.text.replaceAll(id, 'ID')];
        }),
      );
      const [foreign, deleted, none] = answers;
      expect([foreign, deleted]).toEqual([none, none]);
      const lists = await Promise.all(
        [sessionId, NOBODY].map(async (id) => {
          const answer = await demo.call(key, `/sessions/${id}/kernels`);
          return [answer.status, answer.text.replaceAll(id, 'ID')];
        }),
      );
      expect(lists[0]).toEqual(lists[1]);
    });

    it('changes all of its own, and nothing else, by a batch that matches everything', async () => {
      await prepared(victim);
      const before = await fingerprint(victim);
      const own = await countWhere(`${rows} AND deleted_at IS NULL`);
      const answer = await demo.call(key, '/sessions/batch-update', { filter: everything, change: { priority: 1 } });
      expect(answer.body).toEqual({ count: own });
      expect(await fingerprint(victim)).toBe(before);
    });
  });

  it('sees the agents of its own scaling groups only, and not where they listen', async () => {
    const page = await demo.call(alice.accessKey, '/agents?first=100&total=exact&order=id');
    const groups = new Set((page.body['items'] as { scalingGroupName: string }[]).map((one) => one.scalingGroupName));
    expect([...groups].sort()).toEqual(['common', 'research-gpu']);
    expect(page.body['total']).toEqual({ value: 150, exact: true });
    expect(page.text).not.toContain('tcp://');
    expect((await demo.call(alice.accessKey, `/agents/${agent}`)).status).toBe(404);
    expect((await demo.call(ivan.accessKey, `/agents/${agent}`)).status).toBe(200);
    expect((await demo.call(syntheticTenants.superadminKey, `/agents/${agent}`)).text).toContain('tcp://');
  });

  it.each([
    [null, 'An access key is needed'],
    ['', 'An access key is needed'],
    ['AKIANOBODYNOBODYNOBO', 'Nobody has this access key.'],
    ['__proto__', 'Nobody has this access key.'],
  ])('that is %j opens nothing but metrics and health', async (key, detail) => {
    for (const { method, url } of demo.routes) {
      const isOpen = url === '/metrics' || url.startsWith('/health/');
      const answer = await demo.call(key, url, method === 'GET' || method === 'HEAD' ? undefined : {}, method);
      expect([method, url, answer.status]).toEqual([method, url, isOpen ? 200 : 401]);
      if (isOpen || method === 'HEAD') continue;
      expect(answer.body).toMatchObject({ code: 'api_auth_unauthorized', detail: expect.stringContaining(detail) });
      expect(answer.headers.get('www-authenticate')).toBe('Bearer');
    }
  });
});
