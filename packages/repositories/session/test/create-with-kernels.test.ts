import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { newId, operationKey } from '@holdfast/base';
import { agentId, resourceSlot, type SessionId, vfolderId } from '@holdfast/domain-types';
import { raced } from '@holdfast/testing';
import {
  SessionAlreadyExists,
  SessionDependencyCycle,
  SessionNotFound,
  type SessionWithKernelsSpec,
} from '../src/index.js';
import { withKernel, withKernels } from './fixture/kernel-specs.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const folder = vfolderId('00000000-0000-4000-8000-0000000000f0');
const tables = ['sessions', 'kernels', 'resource_allocations', 'session_vfolder_mounts', 'session_dependencies'];
const counts = (): Promise<readonly number[]> =>
  Promise.all(
    tables.map(async (table) => {
      const [row] = await test.dataSource.query<[{ n: number }]>(`SELECT count(*)::int AS n FROM ${table}`);
      return row.n;
    }),
  );

describe('createWithKernels', () => {
  it('creates a session with its kernels, allocations, mounts and dependencies', async () => {
    const first = await test.repository.create(ofAlice, spec(alice));

    const { session, kernels } = await test.repository.createWithKernels(ofAlice, {
      ...spec(alice, { requestedSlots: resourceSlot({ cpu: 3, 'cuda.shares': '0.5' }) }),
      kernels: [
        { requestedSlots: resourceSlot({ cpu: 1, 'cuda.shares': '0.5' }), agentId: agentId('i-a') },
        { requestedSlots: resourceSlot({ cpu: 2 }), image: 'worker:1' },
      ],
      vfolderMounts: [{ vfolderId: folder, name: 'data', mountPath: '/mnt/data' }],
      dependsOn: [first.id],
    });

    expect(session).toMatchObject({ ...alice, status: 'PENDING', clusterSize: 2 });
    expect(kernels).toMatchObject([
      { ...alice, sessionId: session.id, clusterRole: 'main', clusterIdx: 1, image: 'python:3.11', agentId: 'i-a' },
      { ...alice, sessionId: session.id, clusterRole: 'sub', clusterIdx: 2, image: 'worker:1', agentId: null },
    ]);
    expect([session, kernels, ...kernels].every(Object.isFrozen)).toBe(true);
    const whole = await test.repository.getSessionWithDependencies(ofAlice, session.id);
    expect(whole).toEqual({
      session,
      kernels,
      vfolderMounts: [{ vfolderId: folder, name: 'data', mountPath: '/mnt/data', subpath: '.', permission: 'ro' }],
      dependsOn: [first.id],
      allocation: { requestedSlots: { cpu: '3', 'cuda.shares': '0.5' }, occupiedSlots: {} },
    });
  });

  it('takes over the past of a kernel, with what it used', async () => {
    const createdAt = new Date('2026-01-02T03:04:05.678Z');
    const past = { status: 'RUNNING', createdAt, usedSlots: resourceSlot({ cpu: '2.5' }) } as const;
    const { session, kernels } = await test.repository.createWithKernels(
      ofAlice,
      withKernel(alice, { kernels: [{ past }] }),
    );

    expect(kernels[0]).toMatchObject({ status: 'RUNNING', createdAt, statusChangedAt: createdAt, terminatedAt: null });
    expect(await test.repository.loadAllocationsBySession(ofAlice, [session.id])).toEqual([
      { requestedSlots: { cpu: '4', mem: '1073741824' }, occupiedSlots: { cpu: '2.5', mem: '0' } },
    ]);
  });

  it('is stamped with its scope', async () => {
    const { userUuid: _, ...others } = alice;
    const { kernels } = await test.repository.createWithKernels(ofAlice, {
      ...withKernel(alice, { vfolderMounts: [{ vfolderId: folder, name: 'data', mountPath: '/data' }] }),
      userUuid: undefined as never,
      ...others,
    });

    expect(kernels[0]!.userUuid).toBe(alice.userUuid);
    await expect(test.repository.createWithKernels(ofBob, withKernel(alice))).rejects.toMatchObject({
      code: 'permission_check-limit_forbidden',
    });
  });

  it.each<[string, Partial<SessionWithKernelsSpec>, string]>([
    ['no kernel', { kernels: [] }, '/kernels'],
    ['another size', { clusterSize: 2 }, '/clusterSize'],
    ['kernels that ask for something else', { kernels: [{ requestedSlots: resourceSlot({ cpu: 1 }) }] }, '/kernels'],
    ['several of which one asks for nothing', { kernels: [{}, {}] }, '/kernels'],
    [
      'a relative path',
      { vfolderMounts: [{ vfolderId: folder, name: 'a', mountPath: 'a' }] },
      '/vfolderMounts/0/mountPath',
    ],
    [
      'two folders at one path',
      { vfolderMounts: ['a', 'b'].map((name) => ({ vfolderId: folder, name, mountPath: '/a' })) },
      '/vfolderMounts',
    ],
    [
      'a permission that is none',
      { vfolderMounts: [{ vfolderId: folder, name: 'a', mountPath: '/a', permission: 'all' as never }] },
      '/vfolderMounts',
    ],
  ])('refuses %s, and stores nothing', async (_, values, pointer) => {
    const failure = test.repository.createWithKernels(ofAlice, withKernel(alice, values));

    await expect(failure).rejects.toMatchObject({ code: 'api_parsing_invalid-parameters', pointer });
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
  });

  it('waits for no session that is foreign or missing, and tells the two apart by nothing', async () => {
    const foreign = await test.repository.create(ofBob, spec(bob));

    for (const id of [foreign.id, nobody]) {
      const failure = test.repository.createWithKernels(ofAlice, withKernel(alice, { dependsOn: [id] }));
      await expect(failure).rejects.toEqual(new SessionNotFound(id));
    }
    expect(await counts()).toEqual([1, 0, 0, 0, 0]);
  });

  it('stores nothing of a session whose name is taken', async () => {
    await test.repository.createWithKernels(ofAlice, withKernel(alice, { name: 'taken' }));

    const failure = test.repository.createWithKernels(ofAlice, withKernel(alice, { name: 'taken' }));

    await expect(failure).rejects.toBeInstanceOf(SessionAlreadyExists);
    expect(await counts()).toEqual([1, 1, 2, 0, 0]);
  });

  it('lets one of two succeed that are created with one name at once, now the one and now the other', async () => {
    const winners = new Set<number>();
    for (let round = 0; round < 25; round++) {
      const name = `raced-${round}`;
      const create = () => test.repository.createWithKernels(ofAlice, withKernels(alice, 2, { name }));
      const made = await raced(round, [create, create]);

      const failures = made.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(failures).toHaveLength(1);
      expect(failures[0]).toBeInstanceOf(SessionAlreadyExists);
      winners.add(made.findIndex(({ status }) => status === 'fulfilled'));
    }
    expect(winners).toEqual(new Set([0, 1]));
    expect(await counts()).toEqual([25, 50, 50, 0, 0]);
  });

  it('does it once under an operation key, whichever ids were made for each call', async () => {
    const given = withKernel(alice, { name: 'once' });
    const key = { operationKey: operationKey('create once') };

    await test.repository.createWithKernels(ofAlice, given, key);
    await expect(test.repository.createWithKernels(ofAlice, given, key)).rejects.toMatchObject({
      name: 'OperationAlreadyDone',
    });
    await expect(
      test.repository.createWithKernels(ofAlice, { ...given, kernels: [{ image: 'other' }] }, key),
    ).rejects.toMatchObject({ name: 'OperationKeyReused' });
    expect(await counts()).toEqual([1, 1, 2, 0, 0]);
  });

  it('is part of a running transaction', async () => {
    const rolledBack = test.database.beginSession(async (dbSession) => {
      const { session } = await test.repository.within(dbSession).createWithKernels(ofAlice, withKernel(alice));
      expect(await test.repository.within(dbSession).listKernels(ofAlice, session.id)).toHaveLength(1);
      throw new Error('no');
    });

    await expect(rolledBack).rejects.toThrow('no');
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
  });
});

describe('bulkCreateWithKernels', () => {
  it('creates many, which may wait for each other', async () => {
    const [first, second] = [withKernel(alice), withKernels(alice, 3)];
    const id = '00000000-0000-4000-8000-00000000d001' as typeof nobody;

    const made = await test.repository.bulkCreateWithKernels(ofAlice, [
      { ...second, dependsOn: [id] },
      { ...first, id },
    ]);

    expect(made).toEqual({ count: 2 });
    expect(await counts()).toEqual([2, 4, 5, 0, 1]);
  });

  it('lets a session wait for another of the call wherever it stands, and refuses a cycle', async () => {
    const many = Array.from({ length: 1_002 }, () => ({ ...withKernel(alice), id: newId() as SessionId }));
    const [first, last] = [many[0]!, many[1_001]!];
    const others = many.slice(1, -1);

    const cyclic = test.repository.bulkCreateWithKernels(ofAlice, [
      { ...first, dependsOn: [last.id] },
      ...others,
      { ...last, dependsOn: [first.id] },
    ]);
    await expect(cyclic).rejects.toBeInstanceOf(SessionDependencyCycle);
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);

    await test.repository.bulkCreateWithKernels(ofAlice, [
      { ...first, dependsOn: [last.id] },
      ...others,
      { ...last, dependsOn: [others[0]!.id] },
    ]);
    const { dependencies } = await test.repository.getDependencyGraph(ofAlice, first.id);
    expect(dependencies).toEqual([
      { sessionId: first.id, dependsOn: last.id },
      { sessionId: last.id, dependsOn: others[0]!.id },
    ]);
  });

  it('lets no session wait for itself', async () => {
    const id = newId() as SessionId;
    const alone = { ...withKernel(alice), id, dependsOn: [id] };

    for (const call of [
      test.repository.createWithKernels(ofAlice, alone),
      test.repository.bulkCreateWithKernels(ofAlice, [alone]),
    ]) {
      await expect(call).rejects.toBeInstanceOf(SessionDependencyCycle);
    }
    expect(await counts()).toEqual([0, 0, 0, 0, 0]);
  });

  it('creates all or none', async () => {
    const specs = [...Array.from({ length: 1_001 }, () => withKernel(alice)), withKernel(alice, { name: '-' })];
    const failing = test.repository.bulkCreateWithKernels(ofAlice, specs);
    await expect(failing).rejects.toMatchObject({ pointer: '/name' });

    const twice = [
      ...Array.from({ length: 1_001 }, () => withKernel(alice)),
      withKernel(alice, { name: specs[0]!.name }),
    ];
    await test.repository.create(ofAlice, spec(alice, { name: specs[0]!.name }));
    await expect(test.repository.bulkCreateWithKernels(ofAlice, twice)).rejects.toBeInstanceOf(SessionAlreadyExists);

    expect(await counts()).toEqual([1, 0, 0, 0, 0]);
  });
});
