import * as runner from '@jest/globals';
import { resourceSlot } from '@holdfast/domain-types';
import { where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { fairShareEntities } from '../src/entities.js';
import {
  FairShareAlreadyExists,
  fairShareIdOf,
  FairShareNotFound,
  FairShareOrders,
  FairShareRepositories,
  type FairShareRow,
} from '../src/index.js';
import { fairShareMigrations } from '../src/migrations/index.js';
import { inNorth, inSouth, south, spec } from './fixture/fair-shares.js';

describeRepository(runner, 'FairShareRepository', {
  tables: { entities: fairShareEntities, migrations: fairShareMigrations },
  repository: (database) => FairShareRepositories.create({ database }).repository,
  mine: { scope: inNorth, spec: (n) => spec(n, { weight: n % 2 === 0 ? n + 1 : null }) },
  theirs: { scope: inSouth, spec: (n) => spec(n, { domainName: south }) },
  idOf: ({ id }) => id,
  mark: ({ projectId }) => projectId,
  missing: fairShareIdOf(spec(999_999)),
  byIds: (ids) => where<FairShareRow>({ id: { in: ids } }),
  orders: [FairShareOrders.schedulingRank({ ascending: false }), FairShareOrders.createdAt()],
  change: {
    change: { weight: '2.5', resourceWeights: resourceSlot({ cpu: 3 }) },
    seen: { weight: '2.5', resourceWeights: resourceSlot({ cpu: 3 }) },
  },
  upserting: { spec: (n) => spec(n, { weight: 9 }), seen: { weight: '9', fairShareFactor: '1' } },
  nulling: { change: { weight: null }, seen: { weight: null } },
  invalid: { create: spec(1, { weight: 0 }), change: { weight: -1 } },
  bookkeeping: ['modifiedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: FairShareNotFound,
  alreadyExists: FairShareAlreadyExists,
});
