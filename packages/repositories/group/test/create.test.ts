import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { OutsideScope } from '@holdfast/querier';
import { raced } from '@holdfast/testing';
import { GroupAlreadyExists, GroupType, userScope } from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { everybody, inNorth, inSouth, north, south, spec, user } from './fixture/groups.js';

let test: GroupDatabase;
beforeAll(async () => void (test = await groupDatabase()));
afterAll(() => test.close());
beforeEach(() => test.empty());

describe('create', () => {
  it('returns the group as data, with the defaults: general, active and without members', async () => {
    const group = await test.repository.create(inNorth, { name: 'training' });

    expect(group).toEqual({
      id: expect.stringMatching(/^[0-9a-f-]{36}$/),
      name: 'training',
      domainName: north,
      description: null,
      isActive: true,
      type: GroupType.GENERAL,
      totalResourceSlots: {},
      integrationId: null,
      containerRegistry: null,
      createdAt: group.modifiedAt,
      modifiedAt: expect.any(Date),
      deletedAt: null,
    });
    expect(await test.repository.get(inNorth, group.id)).toEqual(group);
    expect(await test.members()).toEqual([]);
  });

  it('keeps every value that it is given, and freezes what it returns all the way down', async () => {
    const values = {
      ...spec(),
      domainName: south,
      description: 'x'.repeat(512),
      isActive: false,
      type: GroupType.MODEL_STORE,
      totalResourceSlots: resourceSlot({ cpu: 96, 'cuda.shares': '1.5' }),
      integrationId: 'crm-7',
      containerRegistry: { registry: 'cr.example.org', project: 'stable' },
    };

    const group = await test.repository.create(everybody, values);

    expect(group).toMatchObject(values);
    expect([group, group.totalResourceSlots, group.containerRegistry].every(Object.isFrozen)).toBe(true);
  });

  it('refuses another domain than the one of the scope, and asks for one if nobody gives it', async () => {
    await expect(test.repository.create(inNorth, spec({ domainName: south }))).rejects.toBeInstanceOf(OutsideScope);
    await expect(test.repository.create(everybody, spec())).rejects.toMatchObject({
      reason: 'MISSING_VALUE',
      pointer: '/domainName',
    });
  });

  it('creates nothing in the scope of a member', async () => {
    await expect(test.repository.create(userScope(user(1)), spec({ domainName: north }))).rejects.toBeInstanceOf(
      Misuse,
    );
  });

  it('refuses a name that the domain has already, be it of a deleted group, and no other domain’s', async () => {
    const { id, name } = await test.repository.create(inNorth, spec());
    await test.repository.delete(inNorth, id);

    const failure: unknown = await test.repository.create(inNorth, { name }).catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(GroupAlreadyExists);
    expect(failure).toMatchObject({ code: 'group_create_already-exists', httpStatus: 409 });
    await expect(test.repository.create(inSouth, { name })).resolves.toMatchObject({ name, domainName: south });
  });

  it('creates one group of a name, of several creators at once, and not always for the same one', async () => {
    const winners = new Set<number>();
    for (let round = 0; round < 50; round++) {
      const name = `raced-${round}`;

      const outcomes = await raced(round, [
        () => test.repository.create(inNorth, { name }),
        () => test.repository.create(inNorth, { name }),
        () => test.repository.create(everybody, { name, domainName: north }),
        () => test.repository.create(inSouth, { name }),
      ]);

      const failures = outcomes.flatMap((one) => (one.status === 'rejected' ? [one.reason as unknown] : []));
      expect(failures).toEqual([expect.any(GroupAlreadyExists), expect.any(GroupAlreadyExists)]);
      expect(outcomes[3].status).toBe('fulfilled');
      winners.add(outcomes.findIndex(({ status }) => status === 'fulfilled'));
    }
    expect(winners).toEqual(new Set([0, 1, 2]));
  });

  it.each(['', '-a', 'a.', 'a b', 'x'.repeat(65)])('refuses the name %j before anything is sent', async (name) => {
    await expect(test.repository.create(inNorth, { name })).rejects.toMatchObject({
      reason: 'INVALID_ID',
      pointer: '/name',
    });
  });

  it('refuses what is no type, got around the compiler', async () => {
    const failure = test.repository.create(inNorth, spec({ type: 'secret' as never }));

    await expect(failure).rejects.toMatchObject({ reason: 'INVALID_VALUE', pointer: '/type' });
  });

  it.each([
    ['', 'INVALID_VALUE', 'cr.example.org'],
    ['', 'INVALID_VALUE', ['cr.example.org', 'stable']],
    ['/project', 'MISSING_VALUE', { registry: 'cr.example.org' }],
    ['/registry', 'INVALID_VALUE', { registry: '', project: 'stable' }],
    ['/project', 'INVALID_VALUE', { registry: 'cr.example.org', project: null }],
    ['/user~1name', 'UNKNOWN_FIELD', { registry: 'cr.example.org', project: 'stable', 'user/name': 'x' }],
  ])('refuses what is wrong with %s of its container registry (%s): %j', async (path, reason, registry) => {
    const refused = { reason, pointer: `/containerRegistry${path}` };
    const given = { containerRegistry: registry as never };

    await expect(test.repository.create(inNorth, spec(given))).rejects.toMatchObject(refused);
    const { id } = await test.repository.create(inNorth, spec());
    await expect(test.repository.update(inNorth, id, given)).rejects.toMatchObject(refused);
    await expect(test.repository.batchUpdate(inNorth, [id], given)).rejects.toMatchObject(refused);
  });
});
