import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('find', () => {
  it('returns the session', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));

    expect(await test.repository.find(ofAlice, session.id)).toEqual(session);
  });

  it('returns null for what is missing, foreign or deleted', async () => {
    const foreign = await test.repository.create(ofBob, spec(bob));
    const deleted = await test.repository.create(ofAlice, spec(alice));
    await test.repository.delete(ofAlice, deleted.id);

    for (const id of [nobody, foreign.id, deleted.id]) expect(await test.repository.find(ofAlice, id)).toBeNull();
    expect(await test.repository.find(ofAlice, deleted.id, { includeDeleted: true })).toMatchObject({ id: deleted.id });
  });
});
