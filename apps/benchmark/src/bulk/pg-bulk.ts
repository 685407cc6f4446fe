import pg from 'pg';
import type { BulkContender } from './bulk-task.js';
import { type Job, TENANT } from './job.js';

/** The columns with the type that their texts travel as, and how a value becomes one. */
const columns: Readonly<Record<keyof Job, readonly [type: string, value?: (job: Job) => unknown]>> = {
  id: ['uuid'],
  tenant: ['text'],
  position: ['bigint'],
  name: ['text'],
  status: ['text'],
  kind: ['varchar'],
  labels: ['text[]', ({ labels }) => JSON.stringify(labels).replace('[', '{').replace(/]$/, '}')],
  ports: ['integer[]', ({ ports }) => `{${ports.join()}}`],
  requested_slots: ['jsonb', ({ requested_slots }) => JSON.stringify(requested_slots)],
  history: ['jsonb', ({ history }) => JSON.stringify(history)],
  price: ['numeric'],
  used_ms: ['bigint'],
  attempts: ['integer'],
  priority: ['smallint'],
  weight: ['double precision'],
  is_public: ['boolean'],
  created_at: ['timestamptz'],
  starts_at: ['timestamptz'],
  due_on: ['date'],
  note: ['text'],
};
const names = Object.keys(columns) as readonly (keyof Job)[];
const values = names.map((name) => columns[name][1] ?? ((job: Job) => job[name]));
const types = names.map((name) => columns[name][0]);

// unnest would flatten arrays of arrays: those travel as texts.
const arrays = types.map((type, i) => `$${i + 1}::${type.endsWith('[]') ? 'text' : type}[]`).join(', ');
const given = types.map((type, i) => (type.endsWith('[]') ? `${names[i]!}::${type}` : names[i]!)).join(', ');
const insert = `INSERT INTO jobs (${names.join(', ')}) SELECT ${given} FROM unnest(${arrays}) r(${names.join(', ')})`;
const change = `UPDATE jobs SET status = 'DONE', attempts = $1`;

/** Hand-written: unnest and ANY on pg, one named prepared statement for each task. */
export function openPgBulk(url: string): Promise<BulkContender> {
  const pool = new pg.Pool({ connectionString: url, max: 1, idleTimeoutMillis: 0 });
  const run = (name: string, text: string, parameters: unknown[]): Promise<pg.QueryResult> =>
    pool.query({ name, text, values: parameters });
  const count = async (name: string, text: string, parameters: unknown[]): Promise<number> =>
    (await run(name, text, parameters)).rowCount ?? 0;
  return Promise.resolve({
    create: (jobs) => count('create', insert, unnested(jobs)),
    createReturning: async (jobs) =>
      (await run('createReturning', `${insert} RETURNING ${names.join(', ')}`, unnested(jobs))).rows.length,
    updateByIds: (ids) => count('updateByIds', `${change} WHERE tenant = $2 AND id = ANY($3)`, [1, TENANT, ids]),
    updateByCondition: ({ from, to }) =>
      count('updateByCondition', `${change} WHERE tenant = $2 AND position >= $3 AND position < $4`, [
        1,
        TENANT,
        from,
        to,
      ]),
    purgeByIds: (ids) => count('purgeByIds', 'DELETE FROM jobs WHERE tenant = $1 AND id = ANY($2)', [TENANT, ids]),
    purgeByCondition: ({ from, to }) =>
      count('purgeByCondition', 'DELETE FROM jobs WHERE tenant = $1 AND position >= $2 AND position < $3', [
        TENANT,
        from,
        to,
      ]),
    close: () => pool.end(),
  });
}

function unnested(jobs: Iterable<Job>): unknown[][] {
  const lists: unknown[][] = names.map(() => []);
  for (const job of jobs) values.forEach((value, i) => lists[i]!.push(value(job)));
  return lists;
}
