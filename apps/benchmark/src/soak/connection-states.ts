import type pg from 'pg';

/** What the server holds for the connections of a pool. */
export interface ConnectionStates {
  readonly connections: number;
  /** Of the one that has the most. */
  readonly preparedStatements: number;
  /** Memory of the server's process that has the most, in bytes. */
  readonly backendBytes: number;
}

const state = `SELECT (SELECT count(*)::integer FROM pg_prepared_statements) AS statements,
  (SELECT sum(total_bytes)::bigint FROM pg_backend_memory_contexts)::text AS bytes`;

/** Asks every connection of a pool that nobody uses. */
export async function connectionStates(pool: pg.Pool, most: number): Promise<ConnectionStates> {
  const clients = await Promise.all(Array.from({ length: most }, () => pool.connect()));
  try {
    const all = await Promise.all(clients.map((client) => client.query<{ statements: number; bytes: string }>(state)));
    const rows = all.map(({ rows: [row] }) => row!);
    return {
      connections: rows.length,
      preparedStatements: Math.max(...rows.map(({ statements }) => statements)),
      backendBytes: Math.max(...rows.map(({ bytes }) => Number(bytes))),
    };
  } finally {
    for (const client of clients) client.release();
  }
}
