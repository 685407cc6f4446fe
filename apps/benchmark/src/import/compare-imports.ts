import assert from 'node:assert/strict';
import { agentEntities } from '@holdfast/agent-repository/entities';
import { agentMigrations } from '@holdfast/agent-repository/migrations';
import { Database, guardedPool } from '@holdfast/base';
import { sessionEntities } from '@holdfast/session-repository/entities';
import { sessionMigrations } from '@holdfast/session-repository/migrations';
import pg from 'pg';
import { DataSource } from 'typeorm';
import { copyImport } from './copy-import.js';
import { holdfastImport } from './holdfast-import.js';
import type { TraceLines } from './trace-lines.js';

const TABLES = ['agents', 'sessions', 'kernels', 'resource_allocations'] as const;
const WARM_UPS = 2;

/** Seconds that one round took, in both ways. */
export interface ImportRound {
  readonly holdfast: number;
  readonly copy: number;
}

export interface ImportComparison {
  /** Of all tables. */
  readonly rows: number;
  readonly rounds: readonly ImportRound[];
}

/** Imports the same lines in both ways, in turn, into empty tables. Throws where they do not store the same rows. */
export async function compareImports(url: string, lines: TraceLines, rounds: number): Promise<ImportComparison> {
  const entities = [...sessionEntities, ...agentEntities];
  const dataSource = await new DataSource({ type: 'postgres', url, entities, ...guardedPool({ max: 2 }) }).initialize();
  const database = new Database(dataSource);
  const client = new pg.Client(url);
  await client.connect();
  try {
    await database.migrate([...sessionMigrations, ...agentMigrations]);
    const ways = {
      holdfast: () => holdfastImport(database, lines),
      copy: () => copyImport(client, lines),
    };
    const stored = new Set<string>();
    const time = async (way: keyof typeof ways): Promise<number> => {
      await client.query(`TRUNCATE ${TABLES.join(', ')} CASCADE`);
      const begun = performance.now();
      await ways[way]();
      const seconds = (performance.now() - begun) / 1_000;
      stored.add(await digest(client));
      assert.equal(stored.size, 1, `${way} has stored other rows`);
      return seconds;
    };
    const measured: ImportRound[] = [];
    for (let round = -WARM_UPS; round < rounds; round++) {
      // The order is turned round each time.
      const first = round % 2 === 0 ? await time('holdfast') : null;
      const copy = await time('copy');
      const holdfast = first ?? (await time('holdfast'));
      if (round >= 0) measured.push({ holdfast, copy });
    }
    return { rows: await countOf(client), rounds: measured };
  } finally {
    await client.end();
    await database.close();
    await dataSource.destroy();
  }
}

/** Of all rows but for when they were stored. */
async function digest(client: pg.Client): Promise<string> {
  const parts = TABLES.map(
    (table) => `(SELECT md5(string_agg(row, ' ' ORDER BY row)) FROM (
      SELECT (to_jsonb(t) - 'modified_at')::text AS row FROM ${table} t) rows)`,
  );
  const { rows } = await client.query<{ digest: string }>(`SELECT concat_ws(' ', ${parts.join(', ')}) AS digest`);
  return rows[0]!.digest;
}

async function countOf(client: pg.Client): Promise<number> {
  const parts = TABLES.map((table) => `(SELECT count(*)::int FROM ${table})`);
  const { rows } = await client.query<{ count: number }>(`SELECT ${parts.join(' + ')} AS count`);
  return rows[0]!.count;
}
