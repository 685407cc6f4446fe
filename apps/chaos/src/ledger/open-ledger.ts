import { Database, guardedPool, operationKeyMigrations } from '@holdfast/base';
import { DataSource } from 'typeorm';
import { LEDGER_NAME } from '../faults/chaos-server.js';
import { CreateLedger1763683200000 } from './create-ledger.js';
import { ledgerEntities } from './ledger-entities.js';
import { LedgerRepository } from './ledger-repository.js';

/** The ledger, opened as an application opens it. */
export interface OpenLedger {
  readonly ledger: LedgerRepository;
  readonly dataSource: DataSource;
  readonly database: Database;
}

/** `givesUp` ends the wait for an answer that may never come; without it, a machine that is busy may take its time. */
export async function openLedger(url: string, connections: number, givesUp: boolean): Promise<OpenLedger> {
  // Nobody is in a hurry for the tables.
  const migrating = await dataSourceOf(url, {});
  await new Database(migrating).migrate([...operationKeyMigrations, CreateLedger1763683200000]);
  await migrating.destroy();
  // Silence is a lost answer after a while, as for every service that has a timeout.
  const limits = givesUp ? { connectionTimeoutMillis: 1_000, query_timeout: 800 } : {};
  const dataSource = await dataSourceOf(url, { max: connections, ...limits });
  const database = new Database(dataSource);
  return { ledger: new LedgerRepository(database), dataSource, database };
}

function dataSourceOf(url: string, pool: NonNullable<Parameters<typeof guardedPool>[0]>): Promise<DataSource> {
  return new DataSource({
    type: 'postgres',
    url,
    applicationName: LEDGER_NAME,
    entities: ledgerEntities,
    poolErrorHandler: () => {},
    ...guardedPool(pool),
  }).initialize();
}
