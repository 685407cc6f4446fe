import { existsSync } from 'node:fs';
import path from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { openbTenants } from '../src/tenants/openb-tenants.js';
import { runDemo, type RunningDemo } from './support/running-demo.js';
import { type ScratchDatabase, scratchDatabase } from './support/scratch-database.js';

const folder = process.env['HOLDFAST_OPENB_DIR'] ?? path.resolve(__dirname, '../../../../shared/data/openb');
const pods = path.join(folder, 'openb_pod_list_default.csv');
const nodes = path.join(folder, 'openb_node_list_all_node.csv');
const isThere = existsSync(pods) && existsSync(nodes);
if (!isThere) console.warn(`Left out: the openb trace is not in ${folder}; HOLDFAST_OPENB_DIR says where it is.`);

const PAGE = 50;
const SESSIONS = 8_152;
const domain = openbTenants.domains[0]!;
const key = openbTenants.superadminKey;

(isThere ? describe : describe.skip)('the openb trace, imported', () => {
  let database: ScratchDatabase;
  let demo: RunningDemo;

  beforeAll(async () => {
    database = await scratchDatabase();
    demo = await runDemo({ databaseUrl: database.url, trace: { pods, nodes } });
  });
  afterAll(async () => {
    await demo.stop();
    await database.drop();
  });

  async function total(route: string, query = ''): Promise<unknown> {
    const { status, body } = await demo.call(key, `/${route}?total=exact&first=1${query}`);
    expect(status).toBe(200);
    return body['total'];
  }

  it('holds every pod and every node', async () => {
    expect(await total('sessions')).toEqual({ value: SESSIONS, exact: true });
    expect(await total('agents')).toEqual({ value: 1_523, exact: true });
  });

  it('told how far it was, up to the end', () => {
    expect(demo.complaints()).toMatch(/^Storing 0 % 0 of 9,675\n[^]*Storing 100 % 9,675 of 9,675\n$/);
  });

  it.each([
    ['Running', 'RUNNING', 5_193],
    ['Failed', 'ERROR', 1_870],
    ['Pending', 'PENDING', 897],
    ['Succeeded', 'TERMINATED', 192],
  ])('counts the pods that were %s by the status %s', async (_phase, status, count) => {
    expect(await total('sessions', `&filter[status][eq]=${status}`)).toEqual({ value: count, exact: true });
  });

  it.each([
    ['ls', 4_647],
    ['be', 3_398],
    ['burstable', 100],
    ['guaranteed', 7],
  ])('gives the pods of a quality of service to the project %s and its users', async (name, count) => {
    const project = domain.projects.find((one) => one.name === name)!;
    const seen = await demo.call(project.adminKey, '/sessions?total=exact&first=1');
    expect(seen.body['total']).toEqual({ value: count, exact: true });
    const users = domain.users.filter((user) => user.project === project);
    const shares = await Promise.all(
      users.map(async (user) => {
        const { body } = await demo.call(user.accessKey, '/sessions?total=exact&first=1');
        return (body['total'] as { value: number }).value;
      }),
    );
    expect(shares.reduce((sum, share) => sum + share, 0)).toBe(count);
  });

  it('keeps what the trace says of a pod and of a node', async () => {
    const session = await demo.call(key, '/sessions?filter[name][eq]=openb-pod-0001');
    expect(session.body['items']).toEqual([
      expect.objectContaining({
        status: 'RUNNING',
        type: 'inference',
        createdAt: '2023-01-05T22:37:41.000000Z',
        statusChangedAt: '2023-01-05T22:37:41.000000Z',
        requestedSlots: { cpu: '6', mem: '12884901888', 'cuda.shares': '0.46' },
        gpuCount: 1,
        scalingGroupName: 'openb-gpu',
        domainName: 'openb',
        terminatedAt: null,
      }),
    ]);
    const agent = await demo.call(key, '/agents/openb-node-0000');
    expect(agent.body).toMatchObject({
      availableSlots: { cpu: '32', mem: '274877906944' },
      gpuModel: null,
      scalingGroupName: 'openb-cpu',
    });
  });

  it('gives a scheduler what waits and what could take it', async () => {
    const gpu = await demo.call(key, '/schedule/openb-gpu');
    const cpu = await demo.call(key, '/schedule/openb-cpu');
    const count = (name: string) => [gpu, cpu].map(({ body }) => (body[name] as unknown[]).length);
    expect(count('agents')).toEqual([1_213, 310]);
    expect(count('pendingSessions').reduce((sum, one) => sum + one)).toBe(897);
  });

  /** Walks all pages in one direction; returns the sessions in the order in which they came, pages turned to display order. */
  async function walk(order: string, direction: 'forward' | 'backward'): Promise<Record<string, string>[]> {
    const pages: Record<string, string>[][] = [];
    for (let cursor: string | null = null; ;) {
      const page: string = direction === 'forward' ? `first=${PAGE}` : `last=${PAGE}`;
      const from: string = cursor === null ? '' : `&${direction === 'forward' ? 'after' : 'before'}=${cursor}`;
      const { status, body } = await demo.call(domain.adminKey, `/sessions?order=${order}&${page}${from}`);
      expect(status).toBe(200);
      pages.push(body['items'] as Record<string, string>[]);
      const goesOn = body[direction === 'forward' ? 'hasNextPage' : 'hasPreviousPage'];
      cursor = body[direction === 'forward' ? 'endCursor' : 'startCursor'] as string;
      if (goesOn !== true) break;
      expect(pages.at(-1)).toHaveLength(PAGE);
    }
    return direction === 'forward' ? pages.flat() : pages.reverse().flat();
  }

  it.each([
    ['createdAt', 'created_at'],
    ['-createdAt', 'created_at DESC'],
    ['status', 'status'],
    ['status,-gpuCount', 'status, gpu_count DESC'],
    ['-status,gpuCount', 'status DESC, gpu_count'],
  ])('is walked in pages of 50 ordered by %s, visiting each session exactly once', async (order, sql) => {
    // Given
    const columns = sql.replaceAll(' DESC', '');
    const rows = await database.query<Record<string, unknown>>(`SELECT ${columns} FROM sessions ORDER BY ${sql}`);
    // The trace is of whole seconds; the API writes microseconds.
    const told = (value: unknown): unknown =>
      value instanceof Date ? value.toISOString().replace('Z', '000Z') : value;
    const expected = JSON.stringify(rows.map((row) => Object.values(row).map(told)));

    // When
    const forward = await walk(order, 'forward');
    const backward = await walk(order, 'backward');

    // Then
    const ids = forward.map((session) => session['id']);
    expect(new Set(ids).size).toBe(SESSIONS);
    expect(ids).toHaveLength(SESSIONS);
    expect(backward.map((session) => session['id'])).toEqual(ids);
    const names = order.split(',').map((name) => name.replace('-', ''));
    expect(JSON.stringify(forward.map((session) => names.map((name) => session[name])))).toBe(expected);
  });

  it('is not imported over what is there already', async () => {
    const again = runDemo({ databaseUrl: database.url, trace: { pods, nodes } });
    await expect(again).rejects.toThrow('The database holds sessions or agents already: --import needs an empty one.');
    expect(await total('sessions')).toEqual({ value: SESSIONS, exact: true });
  });

  it('belongs to its own users, who are the ones printed at the next start', async () => {
    const next = await runDemo({ databaseUrl: database.url });
    try {
      expect(next.printed()).toContain('openb/ls/ls-1');
      expect(next.printed()).not.toContain('research');
    } finally {
      await next.stop();
    }
  });
});
