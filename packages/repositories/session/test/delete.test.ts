import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SessionAlreadyExists, type SessionInfo } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('delete and restore', () => {
  let session: SessionInfo;
  beforeEach(async () => void (session = await test.repository.create(ofAlice, spec(alice, { name: 'mine' }))));

  it('free the name, and refuse to bring a session back to a name that is taken by now', async () => {
    await test.repository.delete(ofAlice, session.id);
    await test.repository.create(ofAlice, spec(alice, { name: 'mine' }));

    await expect(test.repository.restore(ofAlice, session.id)).rejects.toBeInstanceOf(SessionAlreadyExists);
  });
});
