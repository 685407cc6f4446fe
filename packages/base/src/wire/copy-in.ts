import type pg from 'pg';
import { from } from 'pg-copy-streams';

/** Rows for `COPY … FROM STDIN`, in its text format (PostgreSQL: COPY, text format). */
export interface CopyIn {
  readonly sql: string;
  readonly rows: string;
}

/** Stores rows by COPY, on whatever client there is; returns how many were stored. Rejects with what pg says. */
export function copyIn(client: pg.ClientBase, { sql, rows }: CopyIn): Promise<number> {
  return new Promise((resolve, reject) => {
    const stream = client.query(from(sql));
    stream.once('finish', () => resolve(stream.rowCount));
    stream.on('error', reject);
    stream.end(rows);
  });
}
