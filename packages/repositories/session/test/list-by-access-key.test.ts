import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { SessionInfo } from '../src/index.js';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

const names = (sessions: readonly SessionInfo[]): string[] => sessions.map(({ name }) => name);

describe('listByAccessKey', () => {
  it('lists the sessions of the key, newest first', async () => {
    await test.repository.create(ofAlice, spec(alice, { name: 'older' }));
    await test.repository.create(ofAlice, spec(alice, { name: 'newer' }));

    expect(names(await test.repository.listByAccessKey(ofAlice, alice.accessKey))).toEqual(['newer', 'older']);
  });

  it('does not list what a foreign key created, named or not', async () => {
    await test.repository.create(ofBob, spec(bob));

    expect(await test.repository.listByAccessKey(ofAlice, bob.accessKey)).toEqual([]);
    expect(await test.repository.listByAccessKey(ofAlice, alice.accessKey)).toEqual([]);
  });

  it('lists at most 100, or as many as are asked for', async () => {
    await test.repository.bulkCreate(
      ofAlice,
      Array.from({ length: 101 }, () => spec(alice)),
    );

    expect(await test.repository.listByAccessKey(ofAlice, alice.accessKey)).toHaveLength(100);
    expect(await test.repository.listByAccessKey(ofAlice, alice.accessKey, 3)).toHaveLength(3);
  });

  it.each([0, -1, 1.5, 1_001, NaN])('refuses a limit of %p', async (limit) => {
    const failure = test.repository.listByAccessKey(ofAlice, alice.accessKey, limit);

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_PAGINATION' });
  });

  it('leaves deleted sessions out unless told otherwise', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    await test.repository.delete(ofAlice, id);

    expect(await test.repository.listByAccessKey(ofAlice, alice.accessKey)).toEqual([]);
    expect(await test.repository.listByAccessKey(ofAlice, alice.accessKey, 10, { includeDeleted: true })).toHaveLength(
      1,
    );
  });
});
