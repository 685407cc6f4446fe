import type { Client } from 'pg';
import { databaseUrl } from './database-url.js';
import { withClient } from './with-client.js';

const LOCK_SPACE = 0x484f4c44; // 'HOLD': the first half of our advisory locks' keys

/**
 * The name of a database to copy, made by `build` unless this server has it already. Whoever asks for the same `key`,
 * in whichever process, waits for the one that builds it.
 */
export async function templateDatabase(
  serverUrl: string,
  key: string,
  build: (url: string) => Promise<void>,
): Promise<string> {
  const name = `holdfast_template_${key}`;
  return withClient(serverUrl, async (client) => {
    if (await exists(client, name)) return name;
    await client.query('SELECT pg_advisory_lock($1, hashtext($2))', [LOCK_SPACE, name]);
    if (!(await exists(client, name))) await make(client, serverUrl, name, build);
    return name;
  });
}

async function make(
  client: Client,
  serverUrl: string,
  name: string,
  build: (url: string) => Promise<void>,
): Promise<void> {
  // Under another name until it is complete, so that an interrupted build is never taken for a template.
  const unfinished = `${name}_unfinished`;
  await client.query(`DROP DATABASE IF EXISTS ${unfinished}`);
  await client.query(`CREATE DATABASE ${unfinished}`);
  await build(databaseUrl(serverUrl, unfinished));
  // A template that somebody is connected to cannot be copied.
  await client.query(`ALTER DATABASE ${unfinished} ALLOW_CONNECTIONS false`);
  await client.query(`ALTER DATABASE ${unfinished} RENAME TO ${name}`);
}

async function exists(client: Client, name: string): Promise<boolean> {
  const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [name]);
  return rowCount === 1;
}
