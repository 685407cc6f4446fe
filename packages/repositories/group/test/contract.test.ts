import * as runner from '@jest/globals';
import { order, where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { groupEntities } from '../src/entities.js';
import { GroupAlreadyExists, GroupNotFound, GroupOrders, GroupRepositories, type GroupRow } from '../src/index.js';
import { groupMigrations } from '../src/migrations/index.js';
import { inNorth, inSouth, nobody, north, south, spec } from './fixture/groups.js';

describeRepository(runner, 'GroupRepository', {
  tables: { entities: groupEntities, migrations: groupMigrations },
  repository: (database) => GroupRepositories.create({ database }).repository,
  leavesOut: ['upsert', 'bulkUpsert'],
  mine: {
    scope: inNorth,
    spec: (n) =>
      spec({ name: `group-${n}`, domainName: north, description: n % 2 === 0 ? 'even' : null, isActive: n % 3 > 0 }),
  },
  theirs: { scope: inSouth, spec: (n) => spec({ name: `group-${n}`, domainName: south }) },
  idOf: ({ id }) => id,
  mark: ({ name }) => name,
  missing: nobody,
  byIds: (ids) => where<GroupRow>({ id: { in: ids } }),
  orders: [order<GroupRow>('isActive', { ascending: false }), GroupOrders.createdAt()],
  change: {
    change: { isActive: false, containerRegistry: { registry: 'cr.example.org', project: 'stable' } },
    seen: { isActive: false, containerRegistry: { registry: 'cr.example.org', project: 'stable' } },
  },
  nulling: {
    change: { description: null, containerRegistry: null },
    seen: { description: null, containerRegistry: null },
  },
  invalid: { create: spec({ description: 'x'.repeat(513) }), change: { description: 'a\0b' } },
  bookkeeping: ['modifiedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: GroupNotFound,
  alreadyExists: GroupAlreadyExists,
});
