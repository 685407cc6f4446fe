import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { KernelRow } from '../src/index.js';
import { addKernel } from './fixture/kernels.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('a kernel', () => {
  it('cannot belong to anybody but the owner of its session', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));
    await addKernel(test.dataSource, session);

    await expect(addKernel(test.dataSource, session, bob)).rejects.toMatchObject({ code: '23503' });
  });

  it('follows its session to another owner', async () => {
    const session = await test.repository.create(ofAlice, spec(alice));
    await addKernel(test.dataSource, session);
    await test.dataSource.query('UPDATE sessions SET group_id = $1', [bob.groupId]);

    expect(await test.dataSource.getRepository(KernelRow).find()).toMatchObject([{ groupId: bob.groupId }]);
  });
});
