import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { SessionNotFound } from '../../src/index.js';
import { type SessionDatabase, sessionDatabase } from '../fixture/session-database.js';
import { alice, nobody, ofAlice, spec } from '../fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());

it('a session is read by its id, and it is an error where there is none', async () => {
  const session = await test.repository.create(ofAlice, spec(alice));

  expect(await test.repository.getSessionById(ofAlice, session.id)).toEqual(session);
  await expect(test.repository.getSessionById(ofAlice, nobody)).rejects.toMatchObject({
    constructor: SessionNotFound,
    sessionId: nobody,
    code: 'session_read_not-found',
  });
});

it('a session that may not be there is looked for by its id, and there is null where there is none', async () => {
  const session = await test.repository.create(ofAlice, spec(alice));

  expect(await test.repository.find(ofAlice, session.id)).toEqual(session);
  expect(await test.repository.find(ofAlice, nobody)).toBeNull();
});
