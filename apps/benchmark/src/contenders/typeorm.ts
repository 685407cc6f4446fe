import { DataSource, type EntityManager } from 'typeorm';
import type { Contender, OpenContender } from '../contender.js';
import { Row } from './session-operations.js';
import { typeormOperations as operations } from './typeorm-operations.js';

type Run = <Result>(work: (manager: EntityManager) => Promise<Result>) => Promise<Result>;

/** TypeORM as it comes: each statement is committed by itself, but for the unit of work. */
export const openTypeorm: OpenContender = async (url, connections) => {
  const dataSource = await open(url, connections);
  return contender(dataSource, (work) => work(dataSource.manager));
};

/** TypeORM with each operation in a transaction of its own. */
export const openTypeormTransaction: OpenContender = async (url, connections) => {
  const dataSource = await open(url, connections);
  return contender(dataSource, (work) => dataSource.transaction(work));
};

function open(url: string, connections: number): Promise<DataSource> {
  const extra = { max: connections, idleTimeoutMillis: 0 };
  return new DataSource({ type: 'postgres', url, entities: [Row], extra }).initialize();
}

function contender(dataSource: DataSource, run: Run): Contender {
  return {
    get: (tenant, id) => run((manager) => operations.get(manager, tenant, id)),
    search: (listing) => run((manager) => operations.search(manager, listing)),
    searchTotal: (listing) => run((manager) => operations.searchTotal(manager, listing)),
    cursorAt: (listing, position) => run((manager) => operations.cursorAt(manager, listing, position)),
    cursorPage: (listing, cursor) => run((manager) => operations.cursorPage(manager, listing, cursor)),
    create: (session) => run((manager) => operations.create(manager, session)),
    update: (tenant, id, change) => run((manager) => operations.update(manager, tenant, id, change)),
    delete: (tenant, id) => run((manager) => operations.delete(manager, tenant, id)),
    purge: (tenant, id) => run((manager) => operations.purge(manager, tenant, id)),
    bulkCreate: (sessions) => run((manager) => operations.bulkCreate(manager, sessions)),
    batchUpdate: (tenant, ids, change) => run((manager) => operations.batchUpdate(manager, tenant, ids, change)),
    batchPurge: (tenant, ids) => run((manager) => operations.batchPurge(manager, tenant, ids)),
    upsert: (session) => run((manager) => operations.upsert(manager, session)),
    unitOfWork: (unit) => dataSource.transaction((manager) => operations.unitOfWork(manager, unit)),
    close: () => dataSource.destroy(),
  };
}
