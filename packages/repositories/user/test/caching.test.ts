import * as runner from '@jest/globals';
import { unscoped, where } from '@holdfast/querier';
import { describeCaching } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import { type UserInfo, UserRepositories, type UserRepository, type UserRow, userScope } from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { blue, inRed, password, spec } from './fixture/users.js';

const everybody = unscoped('a test');
const itself = ({ id }: UserInfo) => where<UserRow>({ id: { eq: id } });
const change = { description: 'changed' };

describeCaching<UserRepository, UserRow, UserInfo>(runner, 'UserRepository', {
  tables: { entities: userEntities, migrations: userMigrations },
  repository: (parts) => UserRepositories.create(parts).repository,
  create: (repository) => repository.create(everybody, spec(blue)),
  mine: ({ id }) => userScope(id),
  theirs: () => inRed,
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
    changePassword: { write: (repository, { id }) => repository.changePassword(everybody, id, password) },
    updateStatus: { write: (repository, { id }) => repository.updateStatus(everybody, id, 'inactive') },
    updateRole: { write: (repository, { id }) => repository.updateRole(everybody, id, 'admin') },
  },
  others: [
    'create',
    'bulkCreate',
    'bulkCreatePartial',
    'loadMany',
    'search',
    'count',
    'getUserByEmail',
    'findUserByEmail',
    'getUserByUsername',
    'findUserByUsername',
    'verifyPassword',
    'getMonthlyStatistics',
    'getMonthlyStatisticsOfAll',
  ],
});
