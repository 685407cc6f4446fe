import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { syntheticTenants } from '../src/tenants/synthetic-tenants.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';

const admin = syntheticTenants.superadminKey;
const alice = syntheticTenants.domains[0]!.users[0]!;
const key = alice.accessKey;
const created = (name: string, more: object = {}) => ({
  name,
  type: 'interactive',
  image: 'python:3.12',
  requestedSlots: { cpu: 2, mem: '4294967296', 'cuda.shares': '0.50' },
  ...more,
});

describe('the REST door', () => {
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

  const names = (body: Record<string, unknown>) => (body['items'] as { name: string }[]).map(({ name }) => name);
  async function create(name: string, more?: object): Promise<string> {
    const answer = await demo.call(key, '/sessions', created(name, more));
    expect(answer.status).toBe(201);
    return answer.body['id'] as string;
  }

  it('starts with 2,000 sessions and 200 agents of three domains', async () => {
    const total = async (route: string) => (await demo.call(admin, `/${route}?total=exact&first=1`)).body['total'];
    expect([await total('sessions'), await total('agents')]).toEqual([
      { value: 2_000, exact: true },
      { value: 200, exact: true },
    ]);
    for (const domain of syntheticTenants.domains) {
      expect((await demo.call(domain.adminKey, '/sessions?first=1')).body['items']).toHaveLength(1);
    }
  });

  it('creates a session for the owner of the key, and gets it', async () => {
    const answer = await demo.call(key, '/sessions', created('first', { tag: 'x', environ: { A: 'b' } }));

    expect(answer.status).toBe(201);
    expect(answer.headers.get('location')).toBe(`/sessions/${String(answer.body['id'])}`);
    expect(answer.body).toMatchObject({
      name: 'first',
      status: 'PENDING',
      userUuid: alice.id,
      accessKey: key,
      groupId: alice.project.id,
      domainName: 'research',
      scalingGroupName: 'research-gpu',
      images: ['python:3.12'],
      requestedSlots: { cpu: '2', mem: '4294967296', 'cuda.shares': '0.5' },
      gpuCount: 1,
      tag: 'x',
      environ: { A: 'b' },
    });
    expect((await demo.call(key, answer.headers.get('location')!)).body).toEqual(answer.body);
  });

  it('refuses the name of a live session with 409', async () => {
    await create('taken');
    const again = await demo.call(key, '/sessions', created('taken'));
    expect([again.status, again.body['code']]).toEqual([409, 'session_create_already-exists']);
  });

  it('creates many at once, or none', async () => {
    const sessions = [created('bulk-1'), created('bulk-2', { priority: 5, tag: 'y' })];
    const answer = await demo.call(key, '/sessions/bulk', { sessions });
    expect([answer.status, names(answer.body)]).toEqual([201, ['bulk-1', 'bulk-2']]);

    const refused = await demo.call(key, '/sessions/bulk', { sessions: [created('bulk-3'), created('bulk-1')] });
    expect(refused.status).toBe(409);
    const search = await demo.call(key, '/sessions?filter[name][eq]=bulk-3');
    expect(names(search.body)).toEqual([]);
  });

  it('updates, moves, deletes, restores and purges', async () => {
    const id = await create('mortal');
    const changed = await demo.call(key, `/sessions/${id}`, { priority: 7, tag: 'z' }, 'PATCH');
    expect(changed.body).toMatchObject({ id, priority: 7, tag: 'z', name: 'mortal' });
    const cleared = await demo.call(key, `/sessions/${id}`, { tag: null }, 'PATCH');
    expect(cleared.body).toMatchObject({ priority: 7, tag: null });

    const moved = await demo.call(key, `/sessions/${id}/status`, { status: 'SCHEDULED' });
    expect(moved.body).toMatchObject({ status: 'SCHEDULED' });
    const illegal = await demo.call(key, `/sessions/${id}/status`, { status: 'TERMINATED' });
    expect([illegal.status, illegal.body['code']]).toEqual([409, 'session_update_conflict']);

    const held = await demo.call(key, `/sessions/${id}`, undefined, 'DELETE');
    expect([held.status, held.body['code']]).toEqual([409, 'session_soft-delete_conflict']);
    await demo.call(key, `/sessions/${id}/status`, { status: 'CANCELLED' });
    expect((await demo.call(key, `/sessions/${id}`, undefined, 'DELETE')).status).toBe(200);
    expect((await demo.call(key, `/sessions/${id}`)).status).toBe(404);
    expect((await demo.call(key, `/sessions/${id}/restore`, undefined, 'POST')).status).toBe(200);
    expect((await demo.call(key, `/sessions/${id}`)).status).toBe(200);
    expect((await demo.call(key, `/sessions/${id}/purge`, undefined, 'POST')).body).toMatchObject({ name: 'mortal' });
    expect((await demo.call(key, `/sessions/${id}/restore`, undefined, 'POST')).status).toBe(404);
  });

  it('updates, deletes and purges in batches, by ids and by filter', async () => {
    const ids = [await create('heap-1'), await create('heap-2'), await create('heap-3')];
    const filter = { name: { startsWith: 'heap-' } };
    const two = { ids: ids.slice(0, 2) };
    const call = async (action: string, body: object) => (await demo.call(key, `/sessions/batch-${action}`, body)).body;

    expect(await call('update', { ...two, change: { tag: 'batched' } })).toEqual({ count: 2 });
    expect(await call('update', { filter, change: { priority: 3 } })).toEqual({ count: 3 });
    const found = await demo.call(key, '/sessions/search', { filter: { ...filter, tag: { eq: 'batched' } } });
    expect(names(found.body).sort()).toEqual(['heap-1', 'heap-2']);
    expect(await call('delete', two)).toEqual({ count: 2 });
    expect(await call('delete', { filter })).toEqual({ count: 1 });
    expect(await call('purge', { ids })).toEqual({ count: 3 });
  });

  it('pages forward, backward and by offset, in the order asked for', async () => {
    for (const n of [1, 2, 3, 4, 5]) await create(`page-${n}`);
    const mine = 'filter[name][startsWith]=page-&order=-name&total=exact';
    const page = async (text: string) => (await demo.call(key, `/sessions?${mine}&${text}`)).body;

    const first = await page('first=2');
    expect([names(first), first['hasNextPage'], first['hasPreviousPage']]).toEqual([['page-5', 'page-4'], true, false]);
    const second = await page(`first=2&after=${String(first['endCursor'])}`);
    expect([names(second), second['total']]).toEqual([['page-3', 'page-2'], { value: 5, exact: true }]);
    const back = await page(`last=2&before=${String(second['startCursor'])}`);
    expect(names(back)).toEqual(['page-5', 'page-4']);
    expect(names(await page('limit=2&offset=3'))).toEqual(['page-2', 'page-1']);
    const body = { filter: { name: { startsWith: 'page-' } }, order: ['name'], last: 1 };
    expect(names((await demo.call(key, '/sessions/search', body)).body)).toEqual(['page-5']);
  });

  it('lists the newest sessions of an access key', async () => {
    const id = await create('newest');
    const { body } = await demo.call(key, `/sessions/by-access-key/${key}?limit=2`);
    expect(body['items']).toHaveLength(2);
    expect(body['items']).toEqual(expect.arrayContaining([expect.objectContaining({ id })]));
  });

  it('lets an administrator create for a user, wherever that user may schedule', async () => {
    const domainKey = syntheticTenants.domains[0]!.adminKey;
    const more = { ownerId: alice.id, scalingGroupName: 'common' };
    const answer = await demo.call(domainKey, '/sessions', created('granted', more));
    expect(answer.body).toMatchObject({ userUuid: alice.id, accessKey: key, scalingGroupName: 'common' });
  });

  it('offers the superadmin all of it for agents', async () => {
    const agent = {
      id: 'i-new',
      region: 'eu-central',
      scalingGroupName: 'common',
      availableSlots: { cpu: 8 },
      addr: 'tcp://10.1.0.1:6001',
      version: '26.1.0',
      architecture: 'aarch64',
    };
    const call = async (path: string, body?: unknown, method?: string) =>
      demo.call(admin, `/agents${path}`, body, method);

    expect([(await call('', agent)).status, (await call('', agent)).status]).toEqual([201, 409]);
    const bulk = {
      agents: [
        { ...agent, id: 'i-new-2' },
        { ...agent, id: 'i-new-3', gpuModel: 'L4' },
      ],
    };
    expect((await call('/bulk', bulk)).status).toBe(201);
    expect((await call('/i-new', { schedulable: false }, 'PATCH')).body).toMatchObject({ schedulable: false });
    expect((await call('/i-new/status', { status: 'LOST' })).body).toMatchObject({ status: 'LOST' });
    expect((await call('/i-new', undefined, 'DELETE')).status).toBe(200);
    expect((await call('/i-new')).status).toBe(404);
    expect((await call('/i-new/restore', undefined, 'POST')).status).toBe(200);
    const filter = { id: { startsWith: 'i-new' } };
    expect((await call('/batch-update', { filter, change: { region: 'eu-north' } })).body).toEqual({ count: 3 });
    expect((await call('/batch-delete', { ids: ['i-new-2'] })).body).toEqual({ count: 1 });
    expect((await call('/search', { filter, order: ['-id'] })).body['items']).toMatchObject([
      { id: 'i-new-3' },
      { id: 'i-new' },
    ]);
    expect((await call('/i-new/purge', undefined, 'POST')).status).toBe(200);
    expect((await call('/batch-purge', { filter })).body).toEqual({ count: 2 });
  });

  it('shows the superadmin what is to be scheduled', async () => {
    const { status, body } = await demo.call(admin, '/schedule/common');
    expect(status).toBe(200);
    expect((body['pendingSessions'] as unknown[]).length).toBeGreaterThan(0);
    expect((body['agents'] as unknown[]).length).toBeGreaterThan(0);
  });

  it('takes the access key from either header, and refuses two that differ', async () => {
    const ask = async (headers: Record<string, string>) =>
      (await fetch(`${demo.address}/sessions?first=1`, { headers })).status;
    expect(await ask({ 'x-access-key': key })).toBe(200);
    expect(await ask({ 'x-access-key': key, authorization: `bearer ${key}` })).toBe(200);
    expect(await ask({ 'x-access-key': key, authorization: `Bearer ${admin}` })).toBe(401);
    expect(await ask({ authorization: `Basic ${key}` })).toBe(401);
  });

  it('answers HEAD like GET, and health without a key', async () => {
    expect((await demo.call(key, '/sessions?first=1', undefined, 'HEAD')).status).toBe(200);
    expect((await demo.call(null, '/health/live')).body).toEqual({ status: 'live' });
    expect((await demo.call(null, '/health/ready')).body).toEqual({ status: 'ready' });
  });
});
