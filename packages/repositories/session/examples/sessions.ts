import { Database, guardedPool } from '@holdfast/base';
import { accessKey, domainName, projectId, resourceSlot, scalingGroupName, userId } from '@holdfast/domain-types';
import { batchQuerier, CursorCodec } from '@holdfast/querier';
import {
  SessionConditions,
  SessionOrders,
  SessionRepositories,
  type SessionRow,
  SessionStatus,
  SessionType,
  userScope,
} from '@holdfast/session-repository';
import { sessionEntities } from '@holdfast/session-repository/entities';
import { sessionMigrations } from '@holdfast/session-repository/migrations';
import { DataSource } from 'typeorm';

const url = process.env['DATABASE_URL'] ?? 'postgres://localhost/holdfast';
const dataSource = new DataSource({ type: 'postgres', url, entities: [...sessionEntities], ...guardedPool() });
await dataSource.initialize();
const cursors = new CursorCodec({ keys: ['at least 32 characters that nobody knows'] });
const database = new Database(dataSource, { cursors });
await database.migrate(sessionMigrations);
const { repository } = SessionRepositories.create({ database });

// Whose sessions: every operation takes a scope, and new sessions are stamped with it.
const mine = userScope(userId('01890a5d-ac96-774b-bcce-b302099a8057'));

const { session, kernels } = await repository.createWithKernels(mine, {
  name: 'training',
  type: SessionType.BATCH,
  image: 'python:3.11',
  requestedSlots: resourceSlot({ cpu: 4, 'cuda.shares': '0.5' }),
  kernels: [{}],
  scalingGroupName: scalingGroupName('default'),
  domainName: domainName('research'),
  groupId: projectId('01890a5d-ac96-774b-bcce-b302099a8058'),
  accessKey: accessKey('AKIAIOSFODNN7EXAMPLE'),
});
await repository.updateStatus(mine, session.id, SessionStatus.SCHEDULED);
await repository.updateKernelStatus(mine, kernels[0]!.id, SessionStatus.SCHEDULED);
await repository.occupySlots(mine, kernels[0]!.id, resourceSlot({ cpu: 2, 'cuda.shares': '0.5' }));

const page = await repository.search(
  mine,
  batchQuerier<SessionRow>({
    conditions: [SessionConditions.isLive(), SessionConditions.nameContains('TRAIN', { caseInsensitive: true })],
    orders: [SessionOrders.createdAt({ ascending: false })],
    pagination: { first: 20 },
    total: 'exact',
  }),
);
const held = await repository.loadAllocationsBySession(
  mine,
  page.items.map(({ id }) => id),
);
page.items.forEach(({ name, status }, i) => console.log(name, status, held[i]?.occupiedSlots));

await database.close();
await dataSource.destroy();
