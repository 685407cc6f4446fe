import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { DataSource } from 'typeorm';
import { Database, guardedPool } from '../../src/index.js';
import { ArticleRow } from '../fixture/article-row.js';
import { article, articles, tenant } from '../fixture/articles.js';
import { poolOf } from '../fixture/pool-of.js';

const MANY = 3;
const a = tenant('a');

// A server that was the one to write to, and waits for another one now.
describe('a pool whose server has become a standby', () => {
  const directory = mkdtempSync(path.join(tmpdir(), 'holdfast-demoted-'));
  let server: EmbeddedPostgres;
  let dataSource: DataSource;
  let database: Database;

  const open = (synchronize: boolean): Promise<DataSource> => {
    const entities = [ArticleRow];
    const pool = guardedPool({ max: MANY });
    return new DataSource({ type: 'postgres', url: server.url, entities, synchronize, ...pool }).initialize();
  };
  const start = (): Promise<EmbeddedPostgres> => startEmbeddedPostgres({ directory, maxConnections: 15 });

  beforeAll(async () => {
    server = await start();
    await (await open(true)).destroy();
    await server.stop();
    writeFileSync(path.join(directory, 'standby.signal'), '');
    server = await start();
  });
  afterAll(async () => {
    await server.stop();
    rmSync(directory, { recursive: true });
  });
  beforeEach(async () => {
    dataSource = await open(false);
    database = new Database(dataSource);
    const clients = await Promise.all(Array.from({ length: MANY }, () => poolOf(dataSource).connect()));
    for (const client of clients) client.release();
    expect(poolOf(dataSource).idleCount).toBe(MANY);
  });
  afterEach(() => dataSource.destroy());

  it.each<readonly [string, () => Promise<unknown>]>([
    ['a dbSession', () => database.beginSession((dbSession) => dbSession.execute(articles.create(a, article())))],
    ['a spec of one trip', () => database.execute(articles.create(a, article()))],
    ['TypeORM', () => dataSource.transaction((manager) => manager.insert(ArticleRow, article().values as never))],
    [
      'a serializable transaction',
      () => dataSource.transaction('SERIALIZABLE', (manager) => manager.query('SELECT 1')),
    ],
    ['pg', () => poolOf(dataSource).query('CREATE TABLE written ()')],
  ])('has no connection left that leads there once %s was to write', async (_name, write) => {
    await expect(write()).rejects.toBeInstanceOf(Error);

    expect(poolOf(dataSource).totalCount).toBe(0);
  });

  it('keeps its connections for who reads', async () => {
    await database.execute(articles.count(a, {}));
    await database.beginReadonlySession((dbSession) => dbSession.execute(articles.count(a, {})));
    await dataSource.transaction((manager) => manager.query('SELECT 1'));

    expect(poolOf(dataSource).totalCount).toBe(MANY);
  });
});
