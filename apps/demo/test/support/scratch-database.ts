import { randomBytes } from 'node:crypto';
import { testServerUrl } from '@holdfast/testing';
import { Client } from 'pg';

export interface ScratchDatabase {
  readonly url: string;
  query<Row extends object>(sql: string): Promise<readonly Row[]>;
  drop(): Promise<void>;
}

/** An empty database of its own for one test file. */
export async function scratchDatabase(): Promise<ScratchDatabase> {
  const server = await testServerUrl();
  const name = `holdfast_demo_${randomBytes(6).toString('hex')}`;
  await run(server, `CREATE DATABASE ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return {
    url: url.href,
    query: <Row extends object>(sql: string) => run<Row>(url.href, sql),
    drop: async () => void (await run(server, `DROP DATABASE ${name} WITH (FORCE)`)),
  };
}

async function run<Row extends object>(url: string, sql: string): Promise<readonly Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query<Row>(sql);
    return rows;
  } finally {
    await client.end();
  }
}
