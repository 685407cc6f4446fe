import * as runner from '@jest/globals';
import { resourceSlot, type SessionId, vfolderId } from '@holdfast/domain-types';
import { batchQuerier } from '@holdfast/querier';
import { Resilience } from '@holdfast/resilience';
import { describeStatements } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import {
  type KernelRow,
  type SessionInfo,
  SessionRepositories,
  SessionRepository,
  type SessionWithKernels,
} from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { withKernel, withKernels } from './fixture/kernel-specs.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

/** No deadline: how long so many rows take on a busy machine is not what is counted. */
const resilience = new Resilience({ policies: [] });

/** So many sessions of Alice. */
const some = (repository: SessionRepository, rows: number): Promise<readonly SessionInfo[]> =>
  repository.bulkCreate(
    ofAlice,
    Array.from({ length: rows }, () => spec(alice)),
  );
const oneOf = async (repository: SessionRepository, rows: number): Promise<SessionInfo> =>
  (await some(repository, rows))[0]!;
/** One session with so many kernels. */
const clusterOf = (repository: SessionRepository, rows: number): Promise<SessionWithKernels> =>
  repository.createWithKernels(ofAlice, withKernels(alice, rows));
const idsOf = (list: readonly { readonly id: SessionId }[]): readonly SessionId[] => list.map(({ id }) => id);
const mounts = (count: number) =>
  Array.from({ length: count }, (_, i) => ({
    vfolderId: vfolderId('00000000-0000-4000-8000-0000000000f0'),
    name: 'data',
    mountPath: `/${i}`,
  }));

describeStatements(runner, 'SessionRepository', {
  tables: { entities: sessionEntities, migrations: sessionMigrations },
  repository: (database) => SessionRepositories.create({ database, resilience }).repository,
  statements: SessionRepository.statements,
  calls: {
    createWithKernels: async ({ repository }, rows) => {
      const dependsOn = idsOf(await some(repository, rows));
      return () =>
        repository.createWithKernels(ofAlice, withKernels(alice, rows, { dependsOn, vfolderMounts: mounts(rows) }));
    },
    bulkCreateWithKernels: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, 1);
      const given = { dependsOn: [id], vfolderMounts: mounts(1) };
      const specs = Array.from({ length: rows }, () => withKernel(alice, given));
      return () => repository.bulkCreateWithKernels(ofAlice, specs);
    },
    getSessionById: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, rows);
      return () => repository.getSessionById(ofAlice, id);
    },
    getSessionInfo: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, rows);
      return () => repository.getSessionInfo(ofAlice, id);
    },
    getSessionWithDependencies: async ({ repository }, rows) => {
      const dependsOn = idsOf(await some(repository, rows));
      const parts = { dependsOn, vfolderMounts: mounts(rows) };
      const { session } = await repository.createWithKernels(ofAlice, withKernels(alice, rows, parts));
      return () => repository.getSessionWithDependencies(ofAlice, session.id);
    },
    resolveSessionId: async ({ repository }, rows) => {
      const { name } = await oneOf(repository, rows);
      return () => repository.resolveSessionId(ofAlice, name);
    },
    matchSessions: async ({ repository }, rows) => {
      await some(repository, rows);
      return () => repository.matchSessions(ofAlice, 'session', 1_000);
    },
    listByAccessKey: async ({ repository }, rows) => {
      const { accessKey } = await oneOf(repository, rows);
      return () => repository.listByAccessKey(ofAlice, accessKey, 1_000);
    },
    countActiveSessionsByScalingGroup: async ({ repository }, rows) => {
      const { scalingGroupName } = await oneOf(repository, rows);
      return () => repository.countActiveSessionsByScalingGroup(ofAlice, scalingGroupName);
    },
    updateStatus: async ({ repository }, rows) => {
      const { session } = await clusterOf(repository, rows);
      return () => repository.updateStatus(ofAlice, session.id, 'CANCELLED');
    },
    getStatusHistory: async ({ repository, test }, rows) => {
      const { id } = await oneOf(repository, 1);
      await test.dataSource.query(
        `INSERT INTO session_status_history
         SELECT id, n, 'PENDING', 'SCHEDULED', now(), domain_name, group_id, user_uuid, access_key
         FROM sessions, generate_series(1, $1::int) n`,
        [rows],
      );
      return () => repository.getStatusHistory(ofAlice, id);
    },
    listKernels: async ({ repository }, rows) => {
      const { session } = await clusterOf(repository, rows);
      return () => repository.listKernels(ofAlice, session.id);
    },
    searchKernels: async ({ repository }, rows) => {
      await clusterOf(repository, rows);
      return () => repository.searchKernels(ofAlice, batchQuerier<KernelRow>({ pagination: { first: 1_000 } }));
    },
    updateKernelStatus: async ({ repository }, rows) => {
      const { session, kernels } = await clusterOf(repository, rows);
      await repository.updateStatus(ofAlice, session.id, 'SCHEDULED');
      return () => repository.updateKernelStatus(ofAlice, kernels[0]!.id, 'SCHEDULED');
    },
    occupySlots: async ({ repository }, rows) => {
      const past = { status: 'SCHEDULED', createdAt: new Date(0) } as const;
      const { kernels } = await repository.createWithKernels(ofAlice, withKernel(alice, { past }));
      const names = Array.from({ length: rows }, (_, i) => [`slot.s${i}`, 1]);
      return () =>
        repository.occupySlots(ofAlice, kernels[0]!.id, resourceSlot(Object.fromEntries(names) as { cpu: number }));
    },
    loadAllocationsBySession: async ({ repository }, rows) => {
      const ids = idsOf(await some(repository, rows));
      return () => repository.loadAllocationsBySession(ofAlice, ids);
    },
    loadAllocationsByKernel: async ({ repository }, rows) => {
      const { kernels } = await clusterOf(repository, rows);
      const ids = kernels.map(({ id }) => id);
      return () => repository.loadAllocationsByKernel(ofAlice, ids);
    },
    addDependencies: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, 1);
      const ids = idsOf(await some(repository, rows));
      return () => repository.addDependencies(ofAlice, id, ids);
    },
    removeDependencies: async ({ repository }, rows) => {
      const { id } = await oneOf(repository, 1);
      const ids = idsOf(await some(repository, rows));
      await repository.addDependencies(ofAlice, id, ids);
      return () => repository.removeDependencies(ofAlice, id, ids);
    },
    getDependencyGraph: async ({ repository }, rows) => {
      const ids = idsOf(await some(repository, rows + 1));
      const chain = ids.slice(1).map((id, i) => [ids[i], id]);
      for (const [from, to] of chain.slice(0, 100)) await repository.addDependencies(ofAlice, from!, [to!]);
      if (chain.length > 100) await repository.addDependencies(ofAlice, ids[100]!, ids.slice(101));
      return () => repository.getDependencyGraph(ofAlice, ids[0]!);
    },
  },
});
