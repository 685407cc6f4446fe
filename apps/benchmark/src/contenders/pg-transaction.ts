import pg from 'pg';
import type { OpenContender } from '../contender.js';
import { updateSession } from './update-session.js';

/** Hand-written: the same statement on pg, with BEGIN and COMMIT awaited around it. */
export const openPgTransaction: OpenContender = (url, connections) => {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  return Promise.resolve({
    async update(tenant, id, change) {
      const client = await pool.connect();
      try {
        await client.query('BEGIN');
        const session = await updateSession(client, tenant, id, change);
        await client.query('COMMIT');
        return session;
      } finally {
        client.release();
      }
    },
    close: () => pool.end(),
  });
};
