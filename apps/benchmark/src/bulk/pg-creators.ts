import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import pg from 'pg';
import { from } from 'pg-copy-streams';
import type { BulkCreator } from './bulk-task.js';
import { copied, copy, insert, unnested } from './job-sql.js';
import type { Job } from './job.js';
import { areFew, piecesOf } from './pieces-of.js';

/** Hand-written: statements of as many rows as ours, in a transaction if they are several. */
export const openPgStatements = opener(async (client, jobs) => {
  const store = async (piece: Iterable<Job>): Promise<number> =>
    (await client.query({ name: 'create', text: insert, values: unnested(piece) })).rowCount ?? 0;
  if (areFew(jobs)) return store(jobs);
  await client.query('BEGIN');
  let all = 0;
  for (const piece of piecesOf(jobs)) all += await store(piece);
  await client.query('COMMIT');
  return all;
});

/** Hand-written: one COPY by itself. */
export const openPgCopy = opener(copyAll);

/** Hand-written: one COPY with what ours asks before the first: whether it may, and a savepoint in case it may not. */
export const openPgAskedCopy = opener(async (client, jobs) => {
  await client.query('BEGIN');
  await client.query({ name: 'ask', text: question });
  await client.query('SAVEPOINT s');
  const count = await copyAll(client, jobs);
  await client.query('RELEASE s');
  await client.query('COMMIT');
  return count;
});

const question = `SELECT NOT relhasrules AND NOT row_security_active(oid) FROM pg_class WHERE oid = 'jobs'::regclass`;

async function copyAll(client: pg.Client, jobs: Iterable<Job>): Promise<number> {
  const stream = client.query(from(copy));
  await pipeline(Readable.from(textsOf(jobs), { highWaterMark: 1 }), stream);
  return stream.rowCount;
}

function* textsOf(jobs: Iterable<Job>): Generator<string> {
  for (const piece of piecesOf(jobs)) yield copied(piece);
}

function opener(
  create: (client: pg.Client, jobs: Iterable<Job>) => Promise<number>,
): (url: string) => Promise<BulkCreator> {
  return async (url) => {
    const client = new pg.Client(url);
    await client.connect();
    return { create: (jobs) => create(client, jobs), close: () => client.end() };
  };
}
