import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SessionAlreadyExists, type SessionInfo, SessionNotFound } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('delete and restore', () => {
  let session: SessionInfo;
  beforeEach(async () => void (session = await test.repository.create(ofAlice, spec(alice, { name: 'mine' }))));

  it('hides a session and brings it back', async () => {
    const deleted = await test.repository.delete(ofAlice, session.id);
    expect(deleted.deletedAt).toBeInstanceOf(Date);
    expect(await test.repository.find(ofAlice, session.id)).toBeNull();

    const restored = await test.repository.restore(ofAlice, session.id);
    expect(restored).toEqual({ ...session, modifiedAt: restored.modifiedAt });
    expect(await test.repository.get(ofAlice, session.id)).toEqual(restored);
  });

  it('do not touch a foreign or missing session', async () => {
    const foreign = await test.repository.create(ofBob, spec(bob));
    const hidden = await test.repository.create(ofBob, spec(bob));
    await test.repository.delete(ofBob, hidden.id);
    const before = await test.rows();

    for (const id of [foreign.id, hidden.id, nobody]) {
      await expect(test.repository.delete(ofAlice, id)).rejects.toBeInstanceOf(SessionNotFound);
      await expect(test.repository.restore(ofAlice, id)).rejects.toBeInstanceOf(SessionNotFound);
    }
    expect(await test.rows()).toEqual(before);
  });

  it('find nothing to delete twice, and nothing to restore that is not deleted', async () => {
    await expect(test.repository.restore(ofAlice, session.id)).rejects.toBeInstanceOf(SessionNotFound);
    await test.repository.delete(ofAlice, session.id);
    await expect(test.repository.delete(ofAlice, session.id)).rejects.toBeInstanceOf(SessionNotFound);
  });

  it('free the name, and refuse to bring a session back to a name that is taken by now', async () => {
    await test.repository.delete(ofAlice, session.id);
    await test.repository.create(ofAlice, spec(alice, { name: 'mine' }));

    await expect(test.repository.restore(ofAlice, session.id)).rejects.toBeInstanceOf(SessionAlreadyExists);
  });
});
