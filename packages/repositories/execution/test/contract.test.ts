import * as runner from '@jest/globals';
import { order, where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { executionEntities } from '../src/entities.js';
import {
  ExecutionAlreadyExists,
  ExecutionNotFound,
  ExecutionOrders,
  ExecutionRepositories,
  type ExecutionRow,
} from '../src/index.js';
import { executionMigrations } from '../src/migrations/index.js';
import { blue, inBlue, inRed, nobody, red, spec } from './fixture/executions.js';

describeRepository(runner, 'ExecutionRepository', {
  tables: { entities: executionEntities, migrations: executionMigrations },
  repository: (database) => ExecutionRepositories.create({ database }).executionRepository,
  leavesOut: ['upsert', 'bulkUpsert'],
  mine: {
    scope: inBlue,
    spec: (n) => spec(blue, { name: `name ${n}`, description: n % 2 === 0 ? 'even' : null }),
  },
  theirs: { scope: inRed, spec: (n) => spec(red, { name: `name ${n}` }) },
  idOf: ({ id }) => id,
  mark: ({ name }) => name,
  missing: nobody,
  byIds: (ids) => where<ExecutionRow>({ id: { in: ids } }),
  orders: [order<ExecutionRow>('description', { ascending: false }), ExecutionOrders.name()],
  change: { change: { description: 'changed' }, seen: { description: 'changed' } },
  nulling: { change: { description: null }, seen: { description: null } },
  invalid: { create: spec(blue, { name: '' }), change: { name: '' } },
  bookkeeping: ['modifiedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: ExecutionNotFound,
  alreadyExists: ExecutionAlreadyExists,
});
