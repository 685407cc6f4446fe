import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DbWriteSession } from '@holdfast/base';
import { resourceSlot, vfolderId } from '@holdfast/domain-types';
import { batchQuerier } from '@holdfast/querier';
import {
  accessKeyScope,
  domainScope,
  type KernelRow,
  projectScope,
  SessionIsAwaited,
  type SessionRepository,
} from '../src/index.js';
import { withKernel } from './fixture/kernel-specs.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, ofBob, spec } from './fixture/sessions.js';

const tables = [
  'sessions',
  'kernels',
  'resource_allocations',
  'session_vfolder_mounts',
  'session_dependencies',
  'session_status_history',
];
const role = `holdfast_session_${randomBytes(6).toString('hex')}`;
const folder = vfolderId('00000000-0000-4000-8000-0000000000f0');

let test: SessionDatabase;
beforeAll(async () => {
  test = await sessionDatabase();
  await test.dataSource.query(`CREATE ROLE ${role}; GRANT ALL ON ALL TABLES IN SCHEMA public TO ${role}`);
});
afterAll(async () => {
  await test.dataSource.query(`DROP OWNED BY ${role}; DROP ROLE ${role}`);
  await test.close();
});

/** Runs work as a role that policies apply to. */
const guarded = <Result>(
  work: (sessions: SessionRepository, dbSession: DbWriteSession) => Promise<Result>,
): Promise<Result> =>
  test.database.beginSession(async (dbSession) => {
    await dbSession.manager.query(`SET LOCAL ROLE ${role}`);
    return work(test.repository.within(dbSession), dbSession);
  });

/** A session of somebody with a row in every table. */
async function filled(sessions: SessionRepository, owner: typeof alice, scope: typeof ofAlice) {
  const past = { status: 'TERMINATED', result: 'success', createdAt: new Date(0) } as const;
  const first = await sessions.create(scope, spec(owner, { past }));
  const made = await sessions.createWithKernels(
    scope,
    withKernel(owner, {
      dependsOn: [first.id],
      vfolderMounts: [{ vfolderId: folder, name: 'data', mountPath: '/data' }],
    }),
  );
  await sessions.updateStatus(scope, made.session.id, 'SCHEDULED');
  await sessions.updateKernelStatus(scope, made.kernels[0]!.id, 'SCHEDULED');
  await sessions.occupySlots(scope, made.kernels[0]!.id, resourceSlot({ cpu: 1 }));
  return { ...made, first };
}

describe('row-level security in force', () => {
  it('lets every operation do what it does for the owner', async () => {
    const { session, kernels, first } = await guarded((sessions) => filled(sessions, alice, ofAlice));
    const kernel = kernels[0]!.id;

    const scopes = [
      ofAlice,
      domainScope(alice.domainName),
      projectScope(alice.groupId),
      accessKeyScope(alice.accessKey),
    ];
    for (const scope of scopes) {
      await guarded(async (sessions) => {
        const whole = await sessions.getSessionWithDependencies(scope, session.id);
        expect([whole.kernels, whole.vfolderMounts, whole.dependsOn].map(({ length }) => length)).toEqual([1, 1, 1]);
        expect(whole.allocation.occupiedSlots).toEqual({ cpu: '1', mem: '0' });
        expect(await sessions.loadAllocationsByKernel(scope, [kernel])).toEqual([whole.allocation]);
        expect(await sessions.getStatusHistory(scope, session.id)).toHaveLength(1);
        expect((await sessions.getDependencyGraph(scope, session.id)).sessions).toHaveLength(2);
        const querier = batchQuerier<KernelRow>({ pagination: { first: 9 } });
        expect((await sessions.searchKernels(scope, querier)).items).toHaveLength(1);
        expect(await sessions.resolveSessionId(scope, session.name)).toBe(session.id);
      });
    }
    await guarded(async (sessions) => {
      const waiter = await sessions.create(ofAlice, spec(alice));
      await sessions.removeDependencies(ofAlice, session.id, [first.id]);
      await sessions.addDependencies(ofAlice, waiter.id, [session.id, first.id]);
      await sessions.updateStatus(ofAlice, session.id, 'CANCELLED');
      expect(await sessions.listKernels(ofAlice, session.id)).toMatchObject([{ status: 'CANCELLED' }]);
      expect((await sessions.loadAllocationsByKernel(ofAlice, [kernel]))[0]!.occupiedSlots).toEqual({});
      expect(await sessions.purge(ofAlice, first.id)).toMatchObject({ id: first.id });
    });
    const purging = guarded((sessions) => sessions.purge(ofAlice, session.id));
    await expect(purging).rejects.toBeInstanceOf(SessionIsAwaited);
  });

  it.each(tables)(
    'shows no row of %s to SQL that does not say whose rows it means, nor any of others',
    async (table) => {
      await filled(test.repository, bob, ofBob);
      const counted = (dbSession: DbWriteSession): Promise<{ n: number; foreign: number }[]> =>
        dbSession.manager.query(
          `SELECT count(*)::int AS n, count(*) FILTER (WHERE domain_name = 'south')::int AS foreign FROM ${table}`,
        );

      await guarded(async (_, dbSession) => expect(await counted(dbSession)).toEqual([{ n: 0, foreign: 0 }]));
      await guarded(async (_, dbSession) => {
        await dbSession.sql`SELECT set_config('holdfast.scope', ${JSON.stringify({ user: `{${alice.userUuid}}` })}, true)`;
        const [row] = await counted(dbSession);
        expect(row!.n).toBeGreaterThan(0);
        expect(row!.foreign).toBe(0);
      });
    },
  );
});
