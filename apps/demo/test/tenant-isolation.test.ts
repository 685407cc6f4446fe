import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DemoDomain, DemoUser } from '../src/tenants/tenant-directory.js';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { type Answer, runDemo, type RunningDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';

const [research, production] = syntheticTenants.domains as [DemoDomain, DemoDomain];
const [alice, bob] = research.users as [DemoUser, DemoUser];
const vision = alice.project;
const outsider = research.users.find((user) => user.project !== vision)!;
const ivan = production.users[0]!;
const NOBODY = '00000000-0000-7000-8000-000000000000';

/** Who looks, and who must not be seen. `rows` are the sessions that the key is for, in SQL. */
const cases = [
  { who: 'a user', key: alice.accessKey, victim: bob, rows: `user_uuid = '${alice.id}'` },
  { who: 'a user of another domain', key: alice.accessKey, victim: ivan, rows: `user_uuid = '${alice.id}'` },
  { who: 'a project admin', key: vision.adminKey, victim: outsider, rows: `group_id = '${vision.id}'` },
  { who: 'a domain admin', key: research.adminKey, victim: ivan, rows: `domain_name = 'research'` },
];

interface Victim {
  readonly owner: DemoUser;
  readonly canary: string;
  /** A live session that is marked with the canary in its tag, environment, image and creation id, and a deleted one. */
  readonly sessionId: string;
  readonly name: string;
  readonly deletedId: string;
  readonly cursor: string;
}

type Attack = readonly [path: string, body?: unknown, method?: string];
interface Attacks {
  readonly attempts: (victim: Victim, mine: DemoUser) => readonly Attack[];
  /** What each attempt may come to. */
  readonly allowed: readonly number[];
}

const everything = { priority: { gte: -1_000_000 } };
const marked = ({ canary }: Victim) => ({ tag: { eq: canary } });
const creation = (name: string, more: object = {}) => ({
  name,
  type: 'batch',
  image: 'python:3.12',
  requestedSlots: { cpu: 1 },
  ...more,
});

const byId = (suffix: string, body?: unknown, method = 'POST'): Attacks => ({
  attempts: ({ sessionId, deletedId }) => [
    [`/sessions/${sessionId}${suffix}`, body, method],
    [`/sessions/${deletedId}${suffix}`, body, method],
  ],
  allowed: [404],
});
const searches = (victim: Victim) => [
  '',
  '?total=exact',
  `?filter[tag][eq]=${victim.canary}&total=exact`,
  `?filter[creationId][eq]=${victim.canary}&total=exact`,
  `?filter[images][has]=${victim.canary}&total=exact`,
  `?filter=${encodeURIComponent(JSON.stringify({ or: [marked(victim), everything] }))}&total=exact&first=100`,
  `?filter=${encodeURIComponent(JSON.stringify({ not: { not: marked(victim) } }))}&total=10`,
  '?order=-gpuCount,name&last=100&total=exact',
  '?limit=100&offset=0&total=exact',
];
const batch = (change: object): Attacks => ({
  attempts: (victim) => [
    ['$', { ids: [victim.sessionId, victim.deletedId], ...change }],
    ['$', { filter: marked(victim), ...change }],
    ['$', { filter: { userUuid: { eq: victim.owner.id } }, ...change }],
    ['$', { filter: { or: [marked(victim), { accessKey: { eq: victim.owner.accessKey } }] }, ...change }],
  ],
  allowed: [200],
});
const superadminOnly = (path: string, body?: unknown, method = 'POST'): Attacks => ({
  attempts: () => [[path, body, method]],
  allowed: [403],
});
const agent = 'i-production-gpu-061';
const agentBody = {
  region: 'x',
  scalingGroupName: 'production-gpu',
  availableSlots: { cpu: 1 },
  addr: 'tcp://10.0.0.1:1',
  version: '1',
  architecture: 'x86_64',
};
const notice = {
  channelId: NOBODY,
  ruleType: 'session.started',
  messageTemplate: '',
  domainName: 'production',
  name: 'x',
};
const hook = { name: 'x', type: 'webhook', config: { url: 'https://example.org' }, domainName: 'production' };
/** Notifications are for who administers a domain: theirs is another. */
const notifications = (path: string, spec: object): Readonly<Record<string, Attacks>> => {
  const of = (attempt: Attack, ...allowed: readonly number[]): Attacks => ({ attempts: () => [attempt], allowed });
  return {
    [`GET ${path}`]: of([`${path}?first=100&total=exact`], 200, 403),
    [`POST ${path}/search`]: of([`${path}/search`, { first: 100 }], 200, 403),
    [`GET ${path}/:id`]: of([`${path}/${NOBODY}`], 403, 404),
    [`POST ${path}`]: of([path, spec], 403),
    [`PATCH ${path}/:id`]: of([`${path}/${NOBODY}`, { enabled: false }], 403, 404),
    [`DELETE ${path}/:id`]: of([`${path}/${NOBODY}`], 403, 404),
    [`POST ${path}/:id/restore`]: of([`${path}/${NOBODY}/restore`], 403, 404),
    [`POST ${path}/:id/purge`]: of([`${path}/${NOBODY}/purge`], 403, 404),
  };
};
const open: Attacks = { attempts: () => [['$']], allowed: [200] };

/** Every route that there is. One that is missing here fails the test: nobody has thought about it yet. */
const attacks: Readonly<Record<string, Attacks>> = {
  'GET /sessions': {
    attempts: (victim) => [
      ...searches(victim).map((query): Attack => [`/sessions${query}`]),
      [`/sessions?filter[userUuid][eq]=${victim.owner.id}&total=exact`],
      [`/sessions?filter[accessKey][eq]=${victim.owner.accessKey}&total=exact`],
      [`/sessions?filter[groupId][in]=${victim.owner.project.id}&filter[tag][eq]=${victim.canary}&total=exact`],
      [`/sessions?first=100&after=${victim.cursor}`],
      [`/sessions?last=100&before=${victim.cursor}`],
    ],
    allowed: [200, 400],
  },
  'POST /sessions/search': {
    attempts: (victim) => [
      ['/sessions/search', { filter: marked(victim), total: 'exact' }],
      ['/sessions/search', { filter: { or: [marked(victim), everything] }, first: 100, total: 'exact' }],
      ['/sessions/search', { filter: { not: { tag: { eq: 'x' } } }, limit: 100, total: 'exact' }],
      ['/sessions/search', { first: 100, after: victim.cursor }],
    ],
    allowed: [200, 400],
  },
  'GET /sessions/:id': byId('', undefined, 'GET'),
  'GET /sessions/by-access-key/:accessKey': {
    attempts: ({ owner }) => [
      [`/sessions/by-access-key/${owner.accessKey}`],
      [`/sessions/by-access-key/${owner.accessKey}?limit=1000`],
    ],
    allowed: [200],
  },
  'POST /sessions': {
    attempts: ({ owner, name }, mine) => [
      ['/sessions', creation('mine-1', { ownerId: owner.id })],
      ['/sessions', creation('mine-2', { userUuid: owner.id, ownerId: mine.id })],
      // A name that a foreign session has is free.
      ['/sessions', creation(name, { ownerId: mine.id })],
    ],
    allowed: [201, 400],
  },
  'POST /sessions/bulk': {
    attempts: ({ owner, name }, mine) => [
      [
        '/sessions/bulk',
        { sessions: [creation('mine-3', { ownerId: mine.id }), creation('x', { ownerId: owner.id })] },
      ],
      ['/sessions/bulk', { sessions: [creation(`${name}-gone`, { ownerId: mine.id })] }],
    ],
    allowed: [201, 400],
  },
  'PATCH /sessions/:id': byId('', { tag: 'taken' }, 'PATCH'),
  'POST /sessions/:id/status': byId('/status', { status: 'CANCELLED' }),
  'DELETE /sessions/:id': byId('', undefined, 'DELETE'),
  'POST /sessions/:id/restore': byId('/restore'),
  'POST /sessions/:id/purge': byId('/purge'),
  'POST /sessions/batch-update': batch({ change: { priority: 999 } }),
  'POST /sessions/batch-delete': batch({}),
  'POST /sessions/batch-purge': batch({}),
  'GET /agents': { attempts: () => [['/agents?first=100&total=exact']], allowed: [200] },
  'POST /agents/search': { attempts: () => [['/agents/search', { first: 100 }]], allowed: [200] },
  'GET /agents/:id': { attempts: () => [['/agents/nobody']], allowed: [404] },
  'POST /agents': superadminOnly('/agents', { id: 'i-mine', ...agentBody }),
  'POST /agents/bulk': superadminOnly('/agents/bulk', { agents: [{ id: 'i-mine', ...agentBody }] }),
  'PATCH /agents/:id': superadminOnly(`/agents/${agent}`, { region: 'x' }, 'PATCH'),
  'POST /agents/:id/status': superadminOnly(`/agents/${agent}/status`, { status: 'LOST' }),
  'DELETE /agents/:id': superadminOnly(`/agents/${agent}`, undefined, 'DELETE'),
  'POST /agents/:id/restore': superadminOnly(`/agents/${agent}/restore`),
  'POST /agents/:id/purge': superadminOnly(`/agents/${agent}/purge`),
  'POST /agents/batch-update': superadminOnly('/agents/batch-update', { ids: [agent], change: { region: 'x' } }),
  'POST /agents/batch-delete': superadminOnly('/agents/batch-delete', { ids: [agent] }),
  'POST /agents/batch-purge': superadminOnly('/agents/batch-purge', { ids: [agent] }),
  'GET /schedule/:scalingGroup': superadminOnly('/schedule/production-gpu', undefined, 'GET'),
  ...notifications('/notification-channels', hook),
  ...notifications('/notification-rules', notice),
  'GET /metrics': open,
  'GET /health/live': open,
  'GET /health/ready': open,
};

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
    const page = await demo.call(owner.accessKey, '/sessions?first=1');
    return { owner, canary, sessionId, name, deletedId, cursor: page.body['endCursor'] as string };
  }

  async function fingerprint(owner: DemoUser): Promise<string> {
    const sql = `SELECT md5(string_agg(s::text, '|' ORDER BY s.id)) AS hash FROM sessions s WHERE user_uuid = '${owner.id}'`;
    return (await database.query<{ hash: string }>(sql))[0]!.hash;
  }

  async function countWhere(sql: string): Promise<number> {
    const rows = await database.query<{ n: number }>(`SELECT count(*)::int AS n FROM sessions WHERE ${sql}`);
    return rows[0]!.n;
  }

  function expectNothingOf(victim: Victim, answer: Answer, sent: string): void {
    // What was sent may come back, e.g. in "No session <id>"; the canary may not, even then.
    const { canary, owner, sessionId, deletedId } = victim;
    const secrets = [owner.id, owner.accessKey, sessionId, deletedId].filter((secret) => !sent.includes(secret));
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
