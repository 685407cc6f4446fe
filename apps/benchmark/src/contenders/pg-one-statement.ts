import pg from 'pg';
import type { OpenContender } from '../contender.js';
import { PAGE_SIZE, type SessionRow } from '../session-table.js';
import { pgStatements as statements } from './pg-statements.js';

/**
 * Hand-written, where one statement can be written for two: page and total by the same snapshot, as ours are. Fewer write
 * it so, for the total has to be taken out of every row.
 */
export const openPgOneStatement: OpenContender = (url, connections) => {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  return Promise.resolve({
    async searchTotal({ tenant, status, since }) {
      const { rows: found } = await pool.query<SessionRow & { total: string }>({
        ...statements.searchTotal,
        values: [tenant, status, since, PAGE_SIZE],
      });
      return { rows: found.map(sessionOf), total: Number(found[0]?.total ?? 0) };
    },
    close: () => pool.end(),
  });
};

/** Without the total that each row has: cheaper than taking it away. */
function sessionOf(row: SessionRow): SessionRow {
  const { id, tenant, name, status, access_key, requested_slots, created_at, updated_at, deleted_at } = row;
  return { id, tenant, name, status, access_key, requested_slots, created_at, updated_at, deleted_at };
}
