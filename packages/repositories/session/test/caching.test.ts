import * as runner from '@jest/globals';
import { unscoped, where } from '@holdfast/querier';
import { describeCaching } from '@holdfast/testing';
import { sessionEntities } from '../src/entities.js';
import { type SessionInfo, SessionRepositories, type SessionRepository, type SessionRow } from '../src/index.js';
import { sessionMigrations } from '../src/migrations/index.js';
import { alice, ofAlice, ofBob, spec } from './fixture/sessions.js';

const everybody = unscoped('a test');
const itself = ({ id }: SessionInfo) => where<SessionRow>({ id: { eq: id } });
const change = { priority: 99 };

describeCaching<SessionRepository, SessionRow, SessionInfo>(runner, 'SessionRepository', {
  tables: { entities: sessionEntities, migrations: sessionMigrations },
  repository: (parts) => SessionRepositories.create(parts).repository,
  create: (repository) => repository.create(everybody, spec(alice)),
  mine: () => ofAlice,
  theirs: () => ofBob,
  reads: {
    get: (repository, scope, { id }, options) => repository.get(scope, id, options),
    find: (repository, scope, { id }, options) => repository.find(scope, id, options),
    getSessionById: (repository, scope, { id }, options) => repository.getSessionById(scope, id, options),
    getSessionInfo: (repository, scope, { id }, options) => repository.getSessionInfo(scope, id, options),
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
    updateStatus: { write: (repository, { id }) => repository.updateStatus(everybody, id, 'CANCELLED') },
  },
  others: [
    'create',
    'bulkCreate',
    'bulkCreatePartial',
    'loadMany',
    'search',
    'count',
    'createWithKernels',
    'bulkCreateWithKernels',
    'getSessionWithDependencies',
    'resolveSessionId',
    'matchSessions',
    'listByAccessKey',
    'countActiveSessionsByScalingGroup',
    'getStatusHistory',
    'listKernels',
    'searchKernels',
    'updateKernelStatus',
    'occupySlots',
    'loadAllocationsBySession',
    'loadAllocationsByKernel',
    'addDependencies',
    'removeDependencies',
    'getDependencyGraph',
  ],
});
