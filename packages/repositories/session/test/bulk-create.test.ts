import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type SessionDatabase, sessionDatabase } from './fixture/session-database.js';
import { alice, ofAlice, spec } from './fixture/sessions.js';

let test: SessionDatabase;
beforeAll(async () => void (test = await sessionDatabase()));
afterAll(() => test.close());
beforeEach(() => test.dataSource.query('TRUNCATE sessions CASCADE'));

describe('bulkCreate', () => {
  it('creates all in the order given, each with an id of its own', async () => {
    const specs = Array.from({ length: 50 }, (_, i) =>
      spec(alice, { name: `bulk-${i}`, tag: i % 2 === 0 ? null : 'odd' }),
    );

    const created = await test.repository.bulkCreate(ofAlice, specs);

    expect(created.map(({ name, tag }) => [name, tag])).toEqual(specs.map(({ name, tag }) => [name, tag]));
    expect(new Set(created.map(({ id }) => id)).size).toBe(50);
    expect(await test.rows()).toHaveLength(50);
  });

  it('stamps each with the scope', async () => {
    const { userUuid: _, ...rest } = spec(alice);

    const [session] = await test.repository.bulkCreate(ofAlice, [rest]);

    expect(session!.userUuid).toBe(alice.userUuid);
  });

  it('creates none where one is refused, and says which', async () => {
    const specs = [spec(alice), spec(alice, { name: '-' }), spec(alice)];

    await expect(test.repository.bulkCreate(ofAlice, specs)).rejects.toMatchObject({ pointer: '/1/name' });
    expect(await test.rows()).toEqual([]);
  });
});
