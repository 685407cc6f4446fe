import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { SessionNotFound } from '../src/index.js';
import { addKernel } from './fixture/kernels.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('purge', () => {
  it('removes the session and its kernels, and returns its last data', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));
    await addKernel(test.dataSource, session);

    expect(await test.repository.purge(ofAlice, session.id)).toEqual(session);
    expect(await test.rows()).toEqual([]);
    expect(await test.dataSource.query('SELECT FROM kernels')).toEqual([]);
  });

  it('removes a deleted session too', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    const deleted = await test.repository.delete(ofAlice, id);

    expect(await test.repository.purge(ofAlice, id)).toEqual(deleted);
  });

  it('does not touch a foreign or missing session', async () => {
    const foreign = await test.repository.create(ofBob, spec(bob));

    for (const id of [foreign.id, nobody]) {
      await expect(test.repository.purge(ofAlice, id)).rejects.toBeInstanceOf(SessionNotFound);
    }
    expect(await test.repository.find(ofBob, foreign.id)).toEqual(foreign);
  });
});
