import type { DemoUser } from '../../src/tenants/tenant-directory.js';

/** No row has it. */
export const NOBODY = '00000000-0000-7000-8000-000000000000';

/** Who must not be seen. */
export interface Victim {
  readonly owner: DemoUser;
  readonly canary: string;
  /** A live session that is marked with the canary in its tag, environment, image and creation id, and a deleted one. */
  readonly sessionId: string;
  readonly name: string;
  readonly deletedId: string;
  /** Of the live session, and of the deleted one; the canary is their image. */
  readonly kernelId: string;
  readonly deletedKernelId: string;
  readonly cursor: string;
}

/** A request. `$` stands for the path of the route. */
export type Attack = readonly [path: string, body?: unknown, method?: string];
/** What is tried on a route. */
export interface Attacks {
  readonly attempts: (victim: Victim, mine: DemoUser) => readonly Attack[];
  /** What each attempt may come to. */
  readonly allowed: readonly number[];
}

/** A filter that everything matches. */
export const everything = { priority: { gte: -1_000_000 } };
const marked = ({ canary }: Victim) => ({ tag: { eq: canary } });
/** The body of a new session. */
export const creation = (name: string, more: object = {}) => ({
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
/** One of production's. */
export const agent = 'i-production-gpu-061';
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
const kernel = (found: (victim: Victim) => readonly string[], allowed: readonly number[]): Attacks => ({
  attempts: (victim) => found(victim).map((path): Attack => [path]),
  allowed,
});
const open: Attacks = { attempts: () => [['$']], allowed: [200] };

/** Every route that there is. One that is missing here fails the test: nobody has thought about it yet. */
export const attacks: Readonly<Record<string, Attacks>> = {
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
  'GET /kernels': kernel(
    ({ canary, sessionId, deletedId, kernelId, owner, cursor }) => [
      '/kernels?first=100&total=exact',
      `/kernels?filter[id][eq]=${kernelId}&total=exact`,
      `/kernels?filter[image][eq]=${canary}&total=exact`,
      `/kernels?filter[sessionId][in]=${sessionId},${deletedId}&total=exact`,
      `/kernels?filter[userUuid][eq]=${owner.id}&total=exact`,
      `/kernels?filter=${encodeURIComponent(JSON.stringify({ not: { not: { image: { eq: canary } } } }))}&total=exact`,
      '/kernels?order=sessionId,clusterIdx&last=100&total=exact',
      `/kernels?first=100&after=${cursor}`,
    ],
    [200, 400],
  ),
  'POST /kernels/search': {
    attempts: ({ canary, kernelId, deletedKernelId }) => [
      ['/kernels/search', { filter: { id: { in: [kernelId, deletedKernelId] } }, total: 'exact' }],
      ['/kernels/search', { filter: { or: [{ image: { eq: canary } }, { clusterIdx: { gte: 0 } }] }, first: 100 }],
    ],
    allowed: [200],
  },
  'GET /kernels/:id': kernel(
    ({ kernelId, deletedKernelId }) => [kernelId, deletedKernelId].map((id) => `/kernels/${id}`),
    [404],
  ),
  'GET /sessions/:id/kernels': byId('/kernels', undefined, 'GET'),
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
