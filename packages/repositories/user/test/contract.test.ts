import * as runner from '@jest/globals';
import { where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { userEntities } from '../src/entities.js';
import {
  UserAlreadyExists,
  UserNotFound,
  UserOrders,
  UserRepositories,
  UserRepository,
  type UserRow,
} from '../src/index.js';
import { userMigrations } from '../src/migrations/index.js';
import { blue, inBlue, inRed, nobody, red } from './fixture/users.js';

describeRepository(runner, 'UserRepository', {
  tables: { entities: userEntities, migrations: userMigrations },
  repository: (database) => UserRepositories.create({ database }).repository,
  mine: {
    scope: inBlue,
    spec: (n) => ({
      username: `blue${n}`,
      email: `blue${n}@example.com`,
      domainName: blue,
      fullName: n % 2 === 0 ? 'Bo Blue' : null,
    }),
  },
  theirs: {
    scope: inRed,
    spec: (n) => ({ username: `red${n}`, email: `red${n}@example.com`, domainName: red }),
  },
  leavesOut: ['upsert', 'bulkUpsert'],
  idOf: ({ id }) => id,
  mark: ({ username }) => username,
  missing: nobody,
  byIds: (ids) => where<UserRow>({ id: { in: ids } }),
  orders: [UserOrders.fullName({ ascending: false }), UserOrders.createdAt()],
  change: { change: { description: 'changed' }, seen: { description: 'changed' } },
  nulling: { change: { fullName: null }, seen: { fullName: null } },
  invalid: {
    create: { username: 'a b', email: 'x@example.com', domainName: blue },
    change: { email: 'no address' },
  },
  bookkeeping: ['modifiedAt', 'status'],
  locksRows: true,
  purgesInBatches: true,
  statements: UserRepository.standardStatements,
  notFound: UserNotFound,
  alreadyExists: UserAlreadyExists,
});
