import * as runner from '@jest/globals';
import { where } from '@holdfast/querier';
import { describeRepository } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import {
  SessionAlreadyExists,
  SessionNotFound,
  SessionOrders,
  SessionRepositories,
  type SessionRow,
  userScope,
} from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { alice, bob, nobody, spec } from './fixture/sessions.js';

describeRepository(runner, 'SessionRepository', {
  tables: { entities: sessionEntities, migrations: sessionMigrations },
  repository: (database) => SessionRepositories.create({ database }).repository,
  leavesOut: ['upsert', 'bulkUpsert'],
  mine: {
    scope: userScope(alice.userUuid),
    spec: (n) => spec(alice, { name: `session-${n}`, priority: n % 3, tag: n % 2 === 0 ? 'even' : null }),
  },
  theirs: { scope: userScope(bob.userUuid), spec: (n) => spec(bob, { name: `session-${n}` }) },
  idOf: ({ id }) => id,
  mark: ({ name }) => name,
  missing: nobody,
  byIds: (ids) => where<SessionRow>({ id: { in: ids } }),
  orders: [SessionOrders.priority({ ascending: false }), SessionOrders.startsAt(), SessionOrders.name()],
  change: {
    change: { priority: 99, environ: { A: '1' } },
    seen: { priority: 99, environ: { A: '1' } },
  },
  nulling: { change: { tag: null, environ: null }, seen: { tag: null, environ: null } },
  invalid: { create: spec(alice, { clusterSize: 0 }), change: { startsAt: new Date(NaN) } },
  bookkeeping: ['modifiedAt'],
  locksRows: true,
  purgesInBatches: true,
  notFound: SessionNotFound,
  alreadyExists: SessionAlreadyExists,
});
