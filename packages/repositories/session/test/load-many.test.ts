import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, bob, nobody, ofAlice, ofBob, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('loadMany', () => {
  it('answers in the order of the ids, null for what is missing, foreign or deleted', async () => {
    const [a, b, deleted] = await test.repository.bulkCreate(ofAlice, [spec(alice), spec(alice), spec(alice)]);
    const foreign = await test.repository.create(ofBob, spec(bob));
    await test.repository.delete(ofAlice, deleted!.id);

    const ids = [b!.id, nobody, foreign.id, a!.id, deleted!.id, b!.id];
    const loaded = await test.repository.loadMany(ofAlice, ids);

    expect(loaded).toEqual([b, null, null, a, null, b]);
  });

  it('answers for deleted sessions if told to', async () => {
    const { id } = await test.repository.create(ofAlice, spec(alice));
    const deleted = await test.repository.delete(ofAlice, id);

    expect(await test.repository.loadMany(ofAlice, [id], { includeDeleted: true })).toEqual([deleted]);
  });

  it('answers with nothing for no ids', async () => {
    expect(await test.repository.loadMany(ofAlice, [])).toEqual([]);
  });
});
