import { randomUUID } from 'node:crypto';
import pg from 'pg';
import type { OpenContender } from '../contender.js';
import { PAGE_SIZE, type SessionRow } from '../session-table.js';
import { pgStatements as statements, type PgStatement } from './pg-statements.js';

/**
 * Hand-written: pg with named prepared statements, no transaction, no metrics, no retry. The limit of what pg gives, but for
 * a page with its total, which is two statements here, as most write it: see `pg-one-statement`.
 */
export const openPg: OpenContender = (url, connections) => {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  const rows = async (statement: PgStatement, values: unknown[], on: Queryable = pool): Promise<SessionRow[]> =>
    (await on.query<SessionRow>({ ...statement, values })).rows;
  const row = async (statement: PgStatement, values: unknown[], on: Queryable = pool): Promise<SessionRow> =>
    (await rows(statement, values, on))[0]!;
  const count = async (statement: PgStatement, values: unknown[]): Promise<number> =>
    (await pool.query({ ...statement, values })).rowCount!;
  return Promise.resolve({
    get: (tenant, id) => row(statements.get, [id, tenant]),
    search: ({ tenant, status, since }) => rows(statements.search, [tenant, status, since, PAGE_SIZE]),
    async searchTotal({ tenant, status, since }) {
      const listed = [tenant, status, since];
      const [found, counted] = await Promise.all([
        rows(statements.search, [...listed, PAGE_SIZE]),
        pool.query<{ total: number }>({ ...statements.count, values: listed }),
      ]);
      return { rows: found, total: counted.rows[0]!.total };
    },
    async cursorAt({ tenant, status, since }, position) {
      const { created_at, id } = await row(statements.nth, [tenant, status, since, position - 1]);
      return { created_at, id };
    },
    cursorPage({ tenant, status, since }, cursor) {
      if (cursor === null) return rows(statements.search, [tenant, status, since, PAGE_SIZE]);
      const { created_at, id } = cursor as Pick<SessionRow, 'created_at' | 'id'>;
      return rows(statements.after, [tenant, status, since, created_at, id, PAGE_SIZE]);
    },
    create: ({ tenant, name, status, access_key, requested_slots }) =>
      row(statements.create, [randomUUID(), tenant, name, status, access_key, requested_slots]),
    update: (tenant, id, { name, requested_slots }) => row(statements.update, [id, tenant, name, requested_slots]),
    delete: (tenant, id) => row(statements.delete, [id, tenant]),
    purge: (tenant, id) => row(statements.purge, [id, tenant]),
    bulkCreate: (sessions) =>
      rows(statements.bulkCreate, [
        sessions[0]!.tenant,
        sessions.map(() => randomUUID()),
        sessions.map(({ name }) => name),
        sessions.map(({ status }) => status),
        sessions.map(({ access_key }) => access_key),
        sessions.map(({ requested_slots }) => JSON.stringify(requested_slots)),
      ]),
    batchUpdate: (tenant, ids, { name, requested_slots }) =>
      count(statements.batchUpdate, [ids, tenant, name, requested_slots]),
    batchPurge: (tenant, ids) => count(statements.batchPurge, [ids, tenant]),
    upsert: ({ id, tenant, name, status, access_key, requested_slots }) =>
      row(statements.upsert, [id, tenant, name, status, access_key, requested_slots]),
    async unitOfWork({ tenant, id, name }) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const first = await row(statements.get, [id, tenant], client);
        const newest = await rows(statements.search, [tenant, first.status, first.created_at, 5], client);
        const other = await row(statements.get, [newest.at(-1)!.id, tenant], client);
        const changed = await row(statements.update, [id, tenant, name, other.requested_slots], client);
        await client.query('COMMIT');
        return changed;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  });
};

type Queryable = Pick<pg.Pool | pg.ClientBase, 'query'>;
