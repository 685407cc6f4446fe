import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { OptionalState, TriState } from '@holdfast/base';
import { resourceSlot } from '@holdfast/domain-types';
import { GroupAlreadyExists, type GroupInfo } from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { everybody, inNorth, inSouth, spec } from './fixture/groups.js';

let test: GroupDatabase;
let group: GroupInfo;
beforeAll(async () => void (test = await groupDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.empty();
  group = await test.repository.create(inNorth, spec({ description: 'old' }));
});

describe('update', () => {
  it('changes what is given, as values or as states, and leaves what is absent', async () => {
    const totalResourceSlots = resourceSlot({ cpu: 8 });

    const updated = await test.repository.update(inNorth, group.id, {
      name: OptionalState.update('renamed'),
      description: TriState.nullify(),
      isActive: false,
      integrationId: TriState.nop(),
      totalResourceSlots,
    });

    expect(updated).toEqual({
      ...group,
      name: 'renamed',
      description: null,
      isActive: false,
      totalResourceSlots,
      modifiedAt: updated.modifiedAt,
    });
    expect(await test.repository.get(inNorth, group.id)).toEqual(updated);
  });

  it('refuses a name that another group of the domain has', async () => {
    const { name } = await test.repository.create(inNorth, spec());
    const elsewhere = await test.repository.create(inSouth, spec());

    await expect(test.repository.update(inNorth, group.id, { name })).rejects.toBeInstanceOf(GroupAlreadyExists);
    await expect(test.repository.update(inSouth, elsewhere.id, { name })).resolves.toMatchObject({ name });
  });

  it.each([{ name: '-' }, { name: OptionalState.update('') }])('refuses a name that is none: %j', async (change) => {
    await expect(test.repository.update(inNorth, group.id, change)).rejects.toMatchObject({ pointer: '/name' });
  });

  it('refuses to leave a group without a name, got around the compiler', async () => {
    await expect(test.repository.update(inNorth, group.id, { name: null as never })).rejects.toMatchObject({
      name: 'InvalidInput',
      pointer: '/name',
    });
  });

  it.each([{ domainName: 'south' }, { type: 'model-store' }, { id: '0' }, { members: [] }])(
    'refuses to change %j this way, got around the compiler',
    async (change) => {
      const failure = test.repository.update(everybody, group.id, change as never);

      await expect(failure).rejects.toMatchObject({ reason: 'UNKNOWN_FIELD', pointer: `/${Object.keys(change)[0]}` });
    },
  );
});
