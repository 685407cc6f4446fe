import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { agentId } from '@holdfast/domain-types';
import { withKernel } from './fixture/kernel-specs.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

it('a status that SQL alone sets has the time of its transaction, and all that follows from it too', async () => {
  const past = { status: 'SCHEDULED', createdAt: new Date('2026-01-02T00:00:00Z') } as const;
  const created = await test.repository.createWithKernels(ofAlice, withKernel(alice, { past }));
  const { id } = created.session;
  const run = (sql: string): Promise<{ at: Date }[]> =>
    test.dataSource.transaction(async (manager) => {
      const [rows] = await manager.query<[{ at: Date }[]]>(`${sql} RETURNING now() AS at`);
      return rows;
    });
  await test.repository.updateKernelStatus(ofAlice, created.kernels[0]!.id, 'PENDING');

  const [scheduled] = await run(`UPDATE kernels SET status = 'SCHEDULED', agent_id = 'i-a'`);
  expect(await test.repository.listKernels(ofAlice, id)).toMatchObject([
    { agentId: agentId('i-a'), statusChangedAt: scheduled!.at, scheduledAt: scheduled!.at },
  ]);

  const [ended] = await run(`UPDATE sessions SET status = 'TERMINATED'`);
  const { session, kernels } = await test.repository.getSessionWithDependencies(ofAlice, id);
  expect(session).toMatchObject({ statusChangedAt: ended!.at, terminatedAt: ended!.at });
  expect(kernels).toMatchObject([{ statusChangedAt: ended!.at, terminatedAt: ended!.at }]);
  expect(await test.repository.getStatusHistory(ofAlice, id)).toMatchObject([
    { to: 'TERMINATED', changedAt: ended!.at },
  ]);
  expect(await test.dataSource.query('SELECT DISTINCT freed_at AS at FROM resource_allocations')).toEqual([ended]);
});

it('a status that says when it came about keeps that time', async () => {
  const { session } = await test.repository.createWithKernels(ofAlice, withKernel(alice));
  const at = new Date('2026-03-04T05:06:07Z');

  await test.dataSource.query(
    `UPDATE sessions SET status = 'CANCELLED', status_changed_at = $2, terminated_at = $2 WHERE id = $1`,
    [session.id, at],
  );

  expect(await test.repository.get(ofAlice, session.id)).toMatchObject({ statusChangedAt: at, terminatedAt: at });
  expect(await test.repository.listKernels(ofAlice, session.id)).toMatchObject([{ terminatedAt: at }]);
});
