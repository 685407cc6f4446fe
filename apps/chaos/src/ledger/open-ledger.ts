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

export async function openLedger(url: string, connections: number): Promise<OpenLedger> {
  const dataSource = new DataSource({
    type: 'postgres',
    url,
    applicationName: LEDGER_NAME,
    entities: ledgerEntities,
    poolErrorHandler: () => {},
    // Silence is a lost answer after a while, as for every service that has a timeout.
    ...guardedPool({ max: connections, connectionTimeoutMillis: 1_000, query_timeout: 800 }),
  });
  const database = new Database(await dataSource.initialize());
  await database.migrate([...operationKeyMigrations, CreateLedger1763683200000]);
  return { ledger: new LedgerRepository(database), dataSource, database };
}
