import assert from 'node:assert/strict';
import { once } from 'node:events';
import { finished } from 'node:stream/promises';
import { Database, guardedPool } from '@holdfast/base';
import { domainName, userId } from '@holdfast/domain-types';
import { type ExecutionMetricRepository, ExecutionRepositories, metricUserScope } from '@holdfast/execution-repository';
import { executionEntities } from '@holdfast/execution-repository/entities';
import { executionMigrations } from '@holdfast/execution-repository/migrations';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import { DataSource } from 'typeorm';

/** Points of one call, or of one piece of a COPY. */
const PIECE = 10_000;
const BEGINNING_MS = Date.UTC(2026, 0, 1);
const mine = metricUserScope(domainName('bench'), userId('00000000-0000-4000-8000-000000000001'));

export interface PointsRound {
  readonly holdfast: number;
  readonly copy: number;
}

export interface PointsComparison {
  readonly points: number;
  readonly rounds: readonly PointsRound[];
}

/** Stores the same points in both ways, in turn, into an empty table. Throws where they do not store the same rows. */
export async function comparePoints(
  url: string,
  points: number,
  metrics: number,
  rounds: number,
): Promise<PointsComparison> {
  const entities = [...executionEntities];
  const dataSource = await new DataSource({ type: 'postgres', url, entities, ...guardedPool({ max: 2 }) }).initialize();
  const database = new Database(dataSource);
  const client = new pg.Client(url);
  await client.connect();
  try {
    await database.migrate(executionMigrations);
    const { metricRepository } = ExecutionRepositories.create({ database });
    const names = Array.from({ length: metrics }, (_, i) => `metric ${i}`);
    await metricRepository.record(
      mine,
      names.map((name) => ({ name, type: 'gauge', points: [] })),
    );
    const { rows } = await client.query<{ id: string; name: string }>('SELECT id, name FROM execution_metrics');
    const idOf = new Map(rows.map(({ id, name }) => [name, id]));
    const ids = names.map((name) => idOf.get(name)!);
    const ways = {
      holdfast: () => recordAll(metricRepository, names, points),
      copy: () => copyAll(client, ids, points),
    };
    const stored = new Set<string>();
    const time = async (way: keyof typeof ways): Promise<number> => {
      await client.query('TRUNCATE execution_metric_points');
      await client.query('CHECKPOINT');
      const begun = performance.now();
      await ways[way]();
      const seconds = (performance.now() - begun) / 1_000;
      stored.add(await digest(client));
      assert.equal(stored.size, 1, `${way} has stored other points`);
      return seconds;
    };
    const measured: PointsRound[] = [];
    for (let round = 0; round < rounds; round++) {
      // The order is turned round each time.
      const first = round % 2 === 0 ? await time('holdfast') : null;
      const copy = await time('copy');
      measured.push({ holdfast: first ?? (await time('holdfast')), copy });
    }
    return { points, rounds: measured };
  } finally {
    await client.end();
    await database.close();
    await dataSource.destroy();
  }
}

/** As they come from many at once: every metric has its next point every second. */
const momentOf = (i: number, metrics: number): number => BEGINNING_MS + Math.floor(i / metrics) * 1_000;
const valueOf = (i: number): number => ((i * 7_919) % 10_007) / 100;

async function recordAll(
  repository: ExecutionMetricRepository,
  names: readonly string[],
  points: number,
): Promise<void> {
  for (let from = 0; from < points; from += PIECE) {
    const metrics = names.map((name) => {
      const own: { readonly at: Date; readonly value: number }[] = [];
      return { name, type: 'gauge' as const, points: own };
    });
    for (let i = from; i < Math.min(points, from + PIECE); i++) {
      const at = new Date(momentOf(i, names.length));
      metrics[i % names.length]!.points.push({ at, value: valueOf(i) });
    }
    await repository.record(mine, metrics);
  }
}

async function copyAll(client: pg.Client, ids: readonly string[], points: number): Promise<void> {
  const stream = client.query(from('COPY execution_metric_points (metric_id, recorded_at, step, value) FROM STDIN'));
  for (let from = 0; from < points; from += PIECE) {
    let lines = '';
    for (let i = from; i < Math.min(points, from + PIECE); i++) {
      const at = new Date(momentOf(i, ids.length)).toISOString();
      lines += `${ids[i % ids.length]}\t${at}\t0\t${valueOf(i)}\n`;
    }
    if (!stream.write(lines)) await once(stream, 'drain');
  }
  stream.end();
  await finished(stream);
}

async function digest(client: pg.Client): Promise<string> {
  const { rows } = await client.query<{ digest: string }>(
    `SELECT concat_ws(' ', count(*), sum(hashtextextended(p::text, 0))) AS digest FROM execution_metric_points p`,
  );
  return rows[0]!.digest;
}
