import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { entityOperations, type PlanNode } from '@holdfast/base';
import type { ProjectId } from '@holdfast/domain-types';
import { batchQuerier, searchScope } from '@holdfast/querier';
import {
  GroupAlreadyExists,
  GroupMemberOrders,
  GroupMemberRow,
  GroupNotFound,
  GroupOrders,
  GroupRow,
  userScope,
} from '../src/index.js';
import { type GroupDatabase, groupDatabase } from './fixture/group-database.js';
import { inNorth, spec, user } from './fixture/groups.js';

const definition = {
  notFound: () => new GroupNotFound('none'),
  alreadyExists: () => new GroupAlreadyExists(),
};
const groups = entityOperations<GroupRow, GroupRow, ProjectId>({
  ...definition,
  entity: GroupRow,
  toData: (row) => row,
  softDelete: 'deletedAt',
});
const members = entityOperations<GroupMemberRow, GroupMemberRow, never>({
  ...definition,
  entity: GroupMemberRow,
  toData: (row) => row,
});

let test: GroupDatabase;
let groupId: ProjectId;
beforeAll(async () => {
  test = await groupDatabase();
  const made = await test.plain.bulkCreate(
    inNorth,
    Array.from({ length: 10_000 }, () => spec()),
  );
  groupId = made[0]!.id;
  // Five members each, so that a user is in five groups, and in the first one, which has many more.
  await test.dataSource.query(
    `INSERT INTO group_members (group_id, user_uuid, created_at)
     SELECT g.id, ('00000000-0000-4000-8000-' || lpad(((row_number() OVER () + n) % 10000)::text, 12, '0'))::uuid,
            now() + n * interval '1 minute'
     FROM groups g, generate_series(1, 5) n ON CONFLICT DO NOTHING`,
  );
  await test.plain.assignUsers(
    inNorth,
    groupId,
    Array.from({ length: 2_000 }, (_, n) => user(n)),
  );
  await test.dataSource.query('ANALYZE');
});
afterAll(() => test.close());

const nodesOf = (node: PlanNode): readonly PlanNode[] => [node, ...(node.Plans ?? []).flatMap(nodesOf)];

describe.each(['custom', 'generic'] as const)('the indexes, with a %s plan', (mode) => {
  it.each([
    [
      'the groups of a user',
      () => groups.search(userScope(user(7)), batchQuerier<GroupRow>({ pagination: { first: 20 } })),
      ['group_members_user_idx', 'groups_pkey'],
    ],
    [
      'a group of a user',
      () => groups.get(userScope(user(7)), groupId),
      ['groups_pkey', expect.stringMatching(/^group_members_(pkey|user_idx)$/)],
    ],
    [
      'the groups of a domain, the newest first',
      () => {
        const orders = [GroupOrders.createdAt({ ascending: false })];
        return groups.search(inNorth, batchQuerier<GroupRow>({ orders, pagination: { first: 20 } }));
      },
      ['groups_domain_created_idx'],
    ],
    [
      'the members of a group, the newest first',
      () => {
        const orders = [GroupMemberOrders.createdAt({ ascending: false })];
        const scope = searchScope<GroupMemberRow>({ name: 'group', equals: { groupId } });
        return members.search(scope, batchQuerier<GroupMemberRow>({ orders, pagination: { first: 20 } }));
      },
      ['group_members_created_idx'],
    ],
  ])('find %s without looking at others', async (_name, search, indexes) => {
    const nodes = nodesOf((await test.database.explain(search(), { mode })).Plan);

    const used = nodes.flatMap((node) => (node['Index Name'] === undefined ? [] : [node['Index Name']]));
    for (const index of indexes) expect(used).toContainEqual(index);
    expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
  });
});
