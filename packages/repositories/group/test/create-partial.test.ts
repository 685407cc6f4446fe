import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@holdfast/errors';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { inNorth, spec } from './fixture/groups.js';

let test: GroupDatabase;
beforeAll(async () => void (test = await groupDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

describe('bulkCreatePartial', () => {
  it('creates what it can, and says of what is no group which it is and why', async () => {
    const specs = [spec(), { name: '-' }, spec(), spec({ description: 'x'.repeat(513) })];

    const { successes, failures } = await test.repository.bulkCreatePartial(inNorth, specs);

    expect(successes.map(({ name }) => name)).toEqual([specs[0]!.name, specs[2]!.name]);
    expect(failures).toMatchObject([
      { index: 1, error: { reason: 'INVALID_ID', pointer: '/name' } },
      { index: 3, error: expect.anything() },
    ]);
    expect(failures[0]!.error).toBeInstanceOf(InvalidInput);
    expect(failures[0]!.spec).toBe(specs[1]);
    expect(await test.repository.count(inNorth, {})).toBe(2);
  });

  it('leaves what it was given as it is, so that it can be corrected', async () => {
    const [taken, other] = [spec(), spec({ containerRegistry: { registry: 'cr.example.org', project: 'stable' } })];
    await test.repository.create(inNorth, taken);
    const given = { ...other, name: taken.name };

    const { failures } = await test.repository.bulkCreatePartial(inNorth, [given]);

    expect(failures).toHaveLength(1);
    expect([given, given.containerRegistry].some(Object.isFrozen)).toBe(false);
  });
});
