import { describe, expect, it } from '@jest/globals';
import { randomBytes } from 'node:crypto';
import { testServerUrl } from '@holdfast/testing';
import { databaseUrl } from '../src/database-url.js';
import { dropLeftovers } from '../src/drop-leftovers.js';
import { scratchDatabase } from '../src/scratch-database.js';
import { templateDatabase } from '../src/template-database.js';
import { withClient } from '../src/with-client.js';

const newKey = (): string => randomBytes(8).toString('hex');

async function run(url: string, sql: string): Promise<unknown[]> {
  return withClient(url, async (client) => (await client.query(sql)).rows);
}

async function databasesLike(pattern: string): Promise<string[]> {
  const sql = `SELECT datname AS name FROM pg_database WHERE datname LIKE '${pattern}' ORDER BY 1`;
  return ((await run(await testServerUrl(), sql)) as { name: string }[]).map(({ name }) => name);
}

describe('templateDatabase', () => {
  it('builds once for all who ask at the same time and later', async () => {
    const server = await testServerUrl();
    const key = newKey();
    const builds: string[] = [];
    const build = async (url: string): Promise<void> => {
      builds.push(url);
      await run(url, 'CREATE TABLE seed AS SELECT 1 AS id');
    };

    const names = await Promise.all([1, 2, 3].map(() => templateDatabase(server, key, build)));
    names.push(await templateDatabase(server, key, build));

    expect(new Set(names).size).toBe(1);
    expect(builds).toHaveLength(1);
    // Whoever is connected to a template keeps others from copying it.
    await expect(run(databaseUrl(server, names[0]!), 'SELECT 1')).rejects.toMatchObject({ code: '55000' });
    await run(server, `DROP DATABASE ${names[0]}`);
  });

  it('starts anew where a build was interrupted', async () => {
    const server = await testServerUrl();
    const key = newKey();
    const interrupted = templateDatabase(server, key, async (url) => {
      await run(url, 'CREATE TABLE half AS SELECT 1 AS id');
      throw new Error('interrupted');
    });
    await expect(interrupted).rejects.toThrow('interrupted');

    const name = await templateDatabase(server, key, (url) =>
      run(url, 'CREATE TABLE whole AS SELECT 2 AS id').then(() => {}),
    );

    const copy = await scratchDatabase(server, name);
    expect(await run(copy.url, `SELECT to_regclass('half') AS half, (SELECT id FROM whole) AS whole`)).toEqual([
      { half: null, whole: 2 },
    ]);
    await copy.drop();
    await run(server, `DROP DATABASE ${name}`);
  });
});

describe('scratchDatabase', () => {
  it('gives each caller a copy of its own, from one template at the same time', async () => {
    const server = await testServerUrl();
    const template = await templateDatabase(server, newKey(), (url) =>
      run(url, 'CREATE TABLE t (id int)').then(() => {}),
    );
    const [one, other] = await Promise.all([scratchDatabase(server, template), scratchDatabase(server, template)]);

    await run(one.url, 'INSERT INTO t VALUES (1)');

    expect(await run(other.url, 'SELECT * FROM t')).toEqual([]);
    await Promise.all([one.drop(), other.drop()]);
    await run(server, `DROP DATABASE ${template}`);
  });

  it('is dropped although somebody is connected', async () => {
    const server = await testServerUrl();
    const scratch = await scratchDatabase(server);
    const name = new URL(scratch.url).pathname.slice(1);

    await withClient(scratch.url, async (client) => {
      client.on('error', () => {});
      await scratch.drop();
      await scratch.drop();
    });

    expect(await databasesLike(name)).toEqual([]);
  });
});

describe('dropLeftovers', () => {
  it('drops test databases of two days ago that nobody uses, and nothing else', async () => {
    const server = await testServerUrl();
    const mark = newKey();
    const at = (ms: number): string => `holdfast_test_${ms.toString(36)}_${mark}`;
    const old = at(Date.now() - 2 * 86_400_000);
    const oldButUsed = at(Date.now() - 3 * 86_400_000);
    const fresh = at(Date.now());
    for (const name of [old, oldButUsed, fresh]) await run(server, `CREATE DATABASE ${name}`);

    await withClient(databaseUrl(server, oldButUsed), () => dropLeftovers(server));

    expect(await databasesLike(`%${mark}`)).toEqual([oldButUsed, fresh].sort());
    for (const name of [oldButUsed, fresh]) await run(server, `DROP DATABASE ${name}`);
  });
});
