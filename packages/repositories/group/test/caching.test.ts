import * as runner from '@jest/globals';
import { where } from '@holdfast/querier';
import { describeCaching } from '@holdfast/testing';
import { groupEntities } from '../src/entities.js';
import { GroupRepositories, type GroupInfo, type GroupRepository, type GroupRow } from '../src/index.js';
import { groupMigrations } from '../src/migrations/index.js';
import { everybody, inNorth, inSouth, north, spec } from './fixture/groups.js';

const itself = ({ id }: GroupInfo) => where<GroupRow>({ id: { eq: id } });
const change = { isActive: false };

describeCaching<GroupRepository, GroupRow, GroupInfo>(runner, 'GroupRepository', {
  tables: { entities: groupEntities, migrations: groupMigrations },
  repository: (parts) => GroupRepositories.create(parts).repository,
  create: (repository) => repository.create(everybody, spec({ domainName: north })),
  mine: () => inNorth,
  theirs: () => inSouth,
  reads: {
    get: (repository, scope, { id }, options) => repository.get(scope, id, options),
    find: (repository, scope, { id }, options) => repository.find(scope, id, options),
  },
  writes: {
    update: { write: (repository, { id }) => repository.update(everybody, id, change) },
    delete: { write: (repository, { id }) => repository.delete(everybody, id) },
    restore: {
      prepare: (repository, { id }) => repository.delete(everybody, id),
      write: (repository, { id }) => repository.restore(everybody, id),
    },
    purge: { write: (repository, { id }) => repository.purge(everybody, id) },
    batchUpdate: { write: (repository, row) => repository.batchUpdate(everybody, itself(row), change) },
    batchDelete: { write: (repository, { id }) => repository.batchDelete(everybody, [id]) },
    batchPurge: { write: (repository, row) => repository.batchPurge(everybody, itself(row)) },
  },
  others: [
    'create',
    'bulkCreate',
    'bulkCreatePartial',
    'loadMany',
    'search',
    'count',
    'getGroupByName',
    'getGroupIdByName',
    'assignUsers',
    'unassignUsers',
    'isMember',
    'requireMember',
    'listMembers',
  ],
});
