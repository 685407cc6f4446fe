import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { createTestDatabase, type TestDatabase } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import {
  liveSessionsCheck,
  sessionsCheck,
  UserHasLiveSessions,
  UserHasSessions,
  UserRepositories,
  type UserRepository,
} from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { ClusterTables } from './fixture/cluster-tables.js';
import { blue, inBlue, spec } from './fixture/users.js';

let test: TestDatabase;
let users: UserRepository;
beforeAll(async () => {
  test = await createTestDatabase({ entities: userEntities, migrations: [...userMigrations, ClusterTables] });
  const conflictChecks = [liveSessionsCheck({ liveStatuses: ['PENDING', 'RUNNING'] })];
  users = UserRepositories.create({ database: test.database, conflictChecks }).repository;
});
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE users, sessions CASCADE'));

const session = (user: string, status: string, deletedAt: string | null = null): Promise<unknown> =>
  test.dataSource.query('INSERT INTO sessions (user_uuid, status, deleted_at) VALUES ($1, $2, $3)', [
    user,
    status,
    deletedAt,
  ]);

describe('purging users', () => {
  it('is refused while one has live sessions, deleted ones too', async () => {
    const [busy, done, ghost] = await users.bulkCreate(inBlue, [spec(blue), spec(blue), spec(blue)]);
    await session(busy!.id, 'RUNNING');
    await session(done!.id, 'TERMINATED');
    await session(ghost!.id, 'PENDING', '2026-01-01');
    await users.delete(inBlue, busy!.id);

    for (const { id } of [busy!, ghost!]) {
      const failure: unknown = await users.purge(inBlue, id).catch((e: unknown) => e);
      expect(failure).toBeInstanceOf(UserHasLiveSessions);
      expect(failure).toMatchObject({ code: 'user_purge_conflict', httpStatus: 409 });
    }
    await expect(users.batchPurge(inBlue, [done!.id, ghost!.id])).rejects.toBeInstanceOf(UserHasLiveSessions);
    expect(await users.purge(inBlue, done!.id)).toEqual(done);
    await test.dataSource.query(`UPDATE sessions SET status = 'TERMINATED'`);
    expect(await users.batchPurge(inBlue, [busy!.id, ghost!.id])).toEqual({ count: 2 });
    expect(await test.dataSource.query('SELECT FROM user_passwords')).toEqual([]);
  });

  it('is refused for sessions that are over, too, where the application says so', async () => {
    const [live, done, none] = await users.bulkCreate(inBlue, [spec(blue), spec(blue), spec(blue)]);
    await session(live!.id, 'RUNNING');
    await session(done!.id, 'TERMINATED');
    const conflictChecks = [liveSessionsCheck({ liveStatuses: ['RUNNING'] }), sessionsCheck()];
    const { repository } = UserRepositories.create({ database: test.database, conflictChecks });

    await expect(repository.purge(inBlue, live!.id)).rejects.toBeInstanceOf(UserHasLiveSessions);
    const failure: unknown = await repository.purge(inBlue, done!.id).catch((e: unknown) => e);
    expect(failure).toBeInstanceOf(UserHasSessions);
    expect(failure).toMatchObject({ code: 'user_purge_conflict', httpStatus: 409 });
    expect(await repository.purge(inBlue, none!.id)).toEqual(none);
  });

  it('looks where the application says', async () => {
    const { id } = await users.create(inBlue, spec(blue));
    await session(id, 'RUNNING');
    const check = liveSessionsCheck({
      table: 'public.kernels',
      column: 'user_uuid',
      statusColumn: 'status',
      liveStatuses: ['RUNNING'],
    });
    const { repository } = UserRepositories.create({ database: test.database, conflictChecks: [check] });

    expect(await repository.purge(inBlue, id)).toMatchObject({ id });
  });
});
