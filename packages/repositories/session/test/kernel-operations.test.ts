import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { agentId, type KernelId, vfolderId } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { batchQuerier, searchScope, unscoped } from '@holdfast/querier';
import {
  accessKeyScope,
  domainScope,
  KernelConditions,
  KernelNotFound,
  KernelOrders,
  type KernelRow,
  KernelStatusConflict,
  projectScope,
  SessionConditions,
  SessionNotFound,
  type SessionRow,
} from '../src/index.js';
import { withKernel, withKernels } from './fixture/kernel-specs.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const all = batchQuerier<KernelRow>({
  pagination: { first: 100 },
  orders: [KernelOrders.clusterIdx()],
  total: 'exact',
});

describe('listKernels', () => {
  it('gives the kernels of a session in order, and none of one without', async () => {
    const { session, kernels } = await test.repository.createWithKernels(ofAlice, withKernels(alice, 3));
    const bare = await test.repository.create(ofAlice, spec(alice));

    expect(await test.repository.listKernels(ofAlice, session.id)).toEqual(kernels);
    expect(kernels.map(({ clusterIdx }) => clusterIdx)).toEqual([1, 2, 3]);
    expect(await test.repository.listKernels(ofAlice, bare.id)).toEqual([]);
  });

  it('knows no foreign, missing or deleted session', async () => {
    const { session } = await test.repository.createWithKernels(ofAlice, withKernel(alice));

    await expect(test.repository.listKernels(ofBob, session.id)).rejects.toEqual(new SessionNotFound(session.id));
    await expect(test.repository.listKernels(ofAlice, nobody)).rejects.toEqual(new SessionNotFound(nobody));
    await test.repository.delete(ofAlice, session.id);
    await expect(test.repository.listKernels(ofAlice, session.id)).rejects.toEqual(new SessionNotFound(session.id));
    expect(await test.repository.listKernels(ofAlice, session.id, { includeDeleted: true })).toHaveLength(1);
  });
});

describe('searchKernels', () => {
  it('finds kernels by every scope of sessions, and no foreign ones', async () => {
    const { kernels } = await test.repository.createWithKernels(ofAlice, withKernels(alice, 2));
    await test.repository.createWithKernels(ofBob, withKernel(bob));

    const scopes = [
      ofAlice,
      domainScope(alice.domainName),
      projectScope(alice.groupId),
      accessKeyScope(alice.accessKey),
    ];
    for (const scope of scopes) {
      expect((await test.repository.searchKernels(scope, all)).items).toEqual(kernels);
    }
    expect((await test.repository.searchKernels([ofAlice, ofBob], all)).total).toEqual({ value: 3, exact: true });
    expect((await test.repository.searchKernels(unscoped('all'), all)).items).toHaveLength(3);
  });

  it('filters, orders and pages', async () => {
    const { session, kernels } = await test.repository.createWithKernels(ofAlice, withKernels(alice, 3));
    await test.repository.updateStatus(ofAlice, session.id, 'SCHEDULED');
    await test.repository.updateKernelStatus(ofAlice, kernels[1]!.id, 'SCHEDULED', { agentId: agentId('i-a') });

    const placed = batchQuerier<KernelRow>({
      conditions: [KernelConditions.agentEquals(agentId('i-a')), KernelConditions.isLive()],
      pagination: { first: 1 },
    });
    expect((await test.repository.searchKernels(ofAlice, placed)).items).toMatchObject([{ clusterIdx: 2 }]);
    const last = batchQuerier<KernelRow>({
      conditions: [KernelConditions.isUnplaced()],
      orders: [KernelOrders.clusterIdx({ ascending: false })],
      pagination: { limit: 1, offset: 1 },
    });
    expect((await test.repository.searchKernels(ofAlice, last)).items).toMatchObject([{ clusterIdx: 1 }]);
  });

  it('leaves out the kernels of deleted sessions, unless they are asked for', async () => {
    const { session } = await test.repository.createWithKernels(ofAlice, withKernel(alice));
    await test.repository.delete(ofAlice, session.id);

    expect((await test.repository.searchKernels(ofAlice, all)).items).toEqual([]);
    expect((await test.repository.searchKernels(ofAlice, all, { includeDeleted: true })).items).toHaveLength(1);
  });

  it('refuses a scope that says more of sessions than whose they are', async () => {
    const narrow = searchScope<SessionRow>({ name: 'user', equals: { userUuid: alice.userUuid, priority: 1 } });

    await expect(test.repository.searchKernels(narrow, all)).rejects.toBeInstanceOf(Misuse);
  });
});

describe('updateKernelStatus', () => {
  it('moves a kernel, and places it', async () => {
    const { session, kernels } = await test.repository.createWithKernels(ofAlice, withKernel(alice));
    const { id } = kernels[0]!;
    await test.repository.updateStatus(ofAlice, session.id, 'SCHEDULED');

    const placed = await test.repository.updateKernelStatus(ofAlice, id, 'SCHEDULED', { agentId: agentId('i-a') });
    expect(placed).toMatchObject({ status: 'SCHEDULED', agentId: 'i-a', terminatedAt: null });
    const over = await test.repository.updateKernelStatus(ofAlice, id, 'CANCELLED');
    expect(over).toMatchObject({ status: 'CANCELLED', agentId: 'i-a', terminatedAt: over.statusChangedAt });
  });

  it('tells an illegal move from a missing or foreign kernel', async () => {
    const { kernels } = await test.repository.createWithKernels(ofAlice, withKernel(alice));
    const { id } = kernels[0]!;

    const failure: unknown = await test.repository.updateKernelStatus(ofAlice, id, 'RUNNING').catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(KernelStatusConflict);
    expect(failure).toMatchObject({ code: 'kernel_update_conflict', httpStatus: 409, from: 'PENDING', to: 'RUNNING' });
    await expect(test.repository.updateKernelStatus(ofBob, id, 'SCHEDULED')).rejects.toEqual(new KernelNotFound(id));
    const missing = nobody as string as KernelId;
    await expect(test.repository.updateKernelStatus(ofAlice, missing, 'SCHEDULED')).rejects.toEqual(
      new KernelNotFound(missing),
    );
    await expect(test.repository.updateKernelStatus(ofAlice, id, 'ASLEEP' as never)).rejects.toMatchObject({
      pointer: '/status',
    });
  });
});

describe('sessions', () => {
  it('are found by the agent that they run on, and by the folder that they mount', async () => {
    const folder = vfolderId('00000000-0000-4000-8000-0000000000f0');
    const mounts = [{ vfolderId: folder, name: 'data', mountPath: '/data' }];
    const { session } = await test.repository.createWithKernels(
      ofAlice,
      withKernel(alice, { kernels: [{ agentId: agentId('i-a') }], vfolderMounts: mounts }),
    );
    await test.repository.createWithKernels(ofAlice, withKernel(alice));
    await test.repository.createWithKernels(ofBob, withKernel(bob, { vfolderMounts: mounts }));

    for (const condition of [SessionConditions.runsOnAgent(agentId('i-a')), SessionConditions.mountsVfolder(folder)]) {
      const querier = batchQuerier<SessionRow>({ conditions: [condition], pagination: { first: 10 } });
      expect((await test.repository.search(ofAlice, querier)).items).toEqual([session]);
    }
  });
});
