import { Database, guardedPool } from '@holdfast/base';
import { DataSource } from 'typeorm';
import { JobRow } from './job-operations.js';

/** Ours, over one connection that is kept. */
export async function openJobDatabase(
  url: string,
): Promise<{ readonly database: Database; readonly close: () => Promise<void> }> {
  const dataSource = await new DataSource({
    type: 'postgres',
    url,
    entities: [JobRow],
    ...guardedPool({ max: 1, idleTimeoutMillis: 0 }),
  }).initialize();
  return { database: new Database(dataSource), close: () => dataSource.destroy() };
}
