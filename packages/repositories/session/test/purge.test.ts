import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { addKernel } from './fixture/kernels.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

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
});
