import pg from 'pg';
import type { BulkContender } from './bulk-task.js';
import { TENANT } from './job.js';
import { insert, names, unnested } from './job-sql.js';

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
