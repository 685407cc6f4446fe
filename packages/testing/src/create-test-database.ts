import { setTimeout as delay } from 'node:timers/promises';
import { Database, guardedPool } from '@holdfast/base';
import { Misuse } from '@holdfast/errors';
import { CursorCodec } from '@holdfast/querier';
import { DataSource } from 'typeorm';
import { databaseUrl } from './database-url.js';
import { migratedTemplate } from './migrated-template.js';
import { scratchDatabase } from './scratch-database.js';
import type { TestDatabase, TestDatabaseArgs } from './test-database.js';
import { testServerUrl } from './test-server-url.js';

/** Longer than a connection is kept whose statement was given up, and whose server is slow to say so. */
const RELEASE_LIMIT_MS = 5_000;
const cursors = new CursorCodec({ keys: ['a key that is no secret, for tests only'] });

/**
 * Makes a database for one test file or one test. With migrations it is copied from a template, which everybody with
 * the same migrations shares, other processes and later runs included: the migrations themselves run once.
 * Works on any server, see `testServerUrl`, and under any test runner.
 */
export async function createTestDatabase(args: TestDatabaseArgs): Promise<TestDatabase> {
  const { entities, migrations, pool = { max: 10 }, through } = args;
  const serverUrl = await testServerUrl();
  const template = migrations === undefined ? undefined : await migratedTemplate(serverUrl, migrations);
  const scratch = await scratchDatabase(serverUrl, template);
  const dataSource = new DataSource({
    type: 'postgres',
    url: databaseUrl(through?.url ?? serverUrl, scratch.name),
    entities: [...entities],
    ...guardedPool(pool),
  });
  try {
    await dataSource.initialize();
    if (migrations === undefined) await dataSource.synchronize();
  } catch (error) {
    await scratch.drop();
    throw error;
  }
  const database = new Database(dataSource, { cursors });
  const close = async (): Promise<void> => {
    const isClean = !dataSource.isInitialized || (await allGivenBack(database));
    const ended = dataSource.isInitialized ? dataSource.destroy() : Promise.resolve();
    // The end of the pool waits for what was taken from it.
    if (isClean) await ended;
    else ended.catch(() => {});
    await scratch.drop();
    if (!isClean) throw new Misuse('A connection was taken from the pool and never given back.');
  };
  let closed: Promise<void> | undefined;
  return { database, dataSource, url: scratch.url, close: () => (closed ??= close()) };
}

async function allGivenBack(database: Database): Promise<boolean> {
  const patience = performance.now() + RELEASE_LIMIT_MS;
  for (;;) {
    const { total, idle } = database.poolFigures();
    if (total === idle) return true;
    if (performance.now() > patience) return false;
    await delay(10);
  }
}
