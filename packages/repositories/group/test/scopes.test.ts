import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import { batchQuerier, type Scope } from '@holdfast/querier';
import { domainScope, type GroupInfo, GroupNotFound, type GroupRow, projectScope, userScope } from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { everybody, inNorth, inSouth, north, spec, user, users } from './fixture/groups.js';

let test: GroupDatabase;
let first: GroupInfo;
let second: GroupInfo;
let foreign: GroupInfo;
beforeAll(async () => void (test = await groupDatabase()));
afterAll(() => test.close());
beforeEach(async () => {
  await test.empty();
  [first, second] = (await test.plain.bulkCreate(inNorth, [spec(), spec()])) as [GroupInfo, GroupInfo];
  foreign = await test.plain.create(inSouth, spec());
  await test.plain.assignUsers(everybody, first.id, users(1, 2));
  await test.plain.assignUsers(everybody, second.id, users(2));
  await test.plain.assignUsers(everybody, foreign.id, users(2, 3));
});

const seen = async (scope: Scope<GroupRow>): Promise<readonly string[]> => {
  const querier = batchQuerier<GroupRow>({ pagination: { noPagination: true }, total: 'exact' });
  const { items, total } = await test.plain.search(scope, querier);
  expect(total).toEqual({ value: items.length, exact: true });
  return items.map(({ name }) => name).sort();
};
const namesOf = (...groups: readonly GroupInfo[]): readonly string[] => groups.map(({ name }) => name).sort();

describe('the scopes of groups', () => {
  it('are those of a domain, one of them, and those of which a user is a member', async () => {
    expect(await seen(inNorth)).toEqual(namesOf(first, second));
    expect(await seen(inSouth)).toEqual(namesOf(foreign));
    expect(await seen(projectScope(second.id))).toEqual(namesOf(second));
    expect(await seen(userScope(user(1)))).toEqual(namesOf(first));
    expect(await seen(userScope(user(2)))).toEqual(namesOf(first, second, foreign));
    expect(await seen(userScope(user(4)))).toEqual([]);
  });

  it('are united in a list', async () => {
    expect(await seen([userScope(user(1)), inSouth])).toEqual(namesOf(first, foreign));
    expect(await seen(everybody)).toEqual(namesOf(first, second, foreign));
  });

  it('bound what is done by id, as well', async () => {
    const mine = userScope(user(1));

    expect(await test.plain.get(mine, first.id)).toEqual(first);
    expect(await test.plain.update(mine, first.id, { description: 'mine' })).toMatchObject({ description: 'mine' });
    for (const { id } of [second, foreign]) {
      await expect(test.plain.get(mine, id)).rejects.toBeInstanceOf(GroupNotFound);
      await expect(test.plain.update(mine, id, { isActive: false })).rejects.toBeInstanceOf(GroupNotFound);
      await expect(test.plain.purge(mine, id)).rejects.toBeInstanceOf(GroupNotFound);
    }
    expect(await seen(everybody)).toEqual(namesOf(first, second, foreign));
  });

  it('follow who is a member at the moment', async () => {
    const mine = userScope(user(1));

    await test.plain.assignUsers(everybody, second.id, users(1));
    await test.plain.unassignUsers(everybody, first.id, users(1));

    expect(await seen(mine)).toEqual(namesOf(second));
  });

  it('refuse a tenant that is not there', () => {
    for (const scope of [domainScope, projectScope, userScope]) {
      for (const nothing of [undefined, null, '']) expect(() => scope(nothing as never)).toThrow(Misuse);
    }
  });

  it('are not confused: that does not compile', () => {
    // @ts-expect-error -- the name of a domain is not the id of a user
    const wrong = () => userScope(north);

    expect(wrong).toBeInstanceOf(Function);
  });
});
