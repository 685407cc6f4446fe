import { readFile } from 'node:fs/promises';
import type pg from 'pg';

/**
 * CPU time in microseconds that the server's processes for other connections have taken so far; null where the system does
 * not say it as Linux does.
 */
export async function serverCpuMicros(client: pg.Client): Promise<number | null> {
  const { rows } = await client.query<{ pid: number }>(
    `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
  );
  try {
    // Nanoseconds on a processor come first.
    const texts = await Promise.all(rows.map(({ pid }) => readFile(`/proc/${pid}/schedstat`, 'utf8')));
    return texts.reduce((sum, text) => sum + Number(text.split(' ')[0]) / 1_000, 0);
  } catch {
    return null;
  }
}
