import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { ReadOnlyTransaction } from '@holdfast/base';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('within', () => {
  it('commits what several operations did as one unit of work', async () => {
    const id = await test.database.beginSession(async (dbSession) => {
      const sessions = test.repository.within(dbSession);
      const created = await sessions.create(ofAlice, spec(alice));
      await sessions.updateStatus(ofAlice, created.id, 'SCHEDULED');
      expect(await test.repository.find(ofAlice, created.id, { separate: true })).toBeNull();
      return created.id;
    });

    expect(await test.repository.get(ofAlice, id)).toMatchObject({ status: 'SCHEDULED' });
  });

  it('leaves nothing behind if the unit of work fails', async () => {
    const failing = test.database.beginSession(async (dbSession) => {
      await test.repository.within(dbSession).bulkCreate(ofAlice, [spec(alice), spec(alice)]);
      throw new Error('changed my mind');
    });

    await expect(failing).rejects.toThrow('changed my mind');
    expect(await test.rows()).toEqual([]);
  });

  it('reads in a session that only reads, where PostgreSQL refuses writes', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));

    await test.database.beginReadonlySession(async (dbSession) => {
      expect(await test.repository.within(dbSession).get(ofAlice, session.id)).toEqual(session);
    });
    const writing = test.database.beginReadonlySession((dbSession) =>
      test.repository.within(dbSession).delete(ofAlice, session.id),
    );

    await expect(writing).rejects.toBeInstanceOf(ReadOnlyTransaction);
  });
});
