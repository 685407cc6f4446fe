import { createHash } from 'node:crypto';
import type pg from 'pg';
import { STATUSES } from '../session-table.js';

/** Every fifth row is this tenant's: enough for deep pages. */
export const LARGE_TENANT = 'large';
/** The tenants besides `LARGE_TENANT`, which share the other rows evenly. */
export const SMALL_TENANTS: readonly string[] = Array.from({ length: 100 }, (_, i) => i)
  .filter((i) => i % 5 !== 0)
  .map((i) => `tenant-${i}`);

export function tableOf(rows: number): string {
  return `sessions_${rows}`;
}

/** The key of a row by its position: scattered over the index, as random ones are, and known without asking. */
export function idOf(position: number): string {
  const hex = createHash('md5').update(`session-${position}`).digest('hex');
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-');
}

export function tenantOf(position: number): string {
  return position % 5 === 0 ? LARGE_TENANT : `tenant-${position % 100}`;
}

/**
 * Creates a table of the columns of `sessions` with `rows` rows, always the same. Indexes are built when the rows are
 * there, and nothing is logged: it is there to be read, and goes with its server.
 */
export async function createScaleTable(client: pg.ClientBase, rows: number): Promise<void> {
  const table = tableOf(rows);
  await client.query(`
    CREATE UNLOGGED TABLE ${table} (
      id uuid NOT NULL,
      tenant text NOT NULL,
      name text NOT NULL,
      status text NOT NULL,
      access_key text NOT NULL,
      requested_slots jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      deleted_at timestamptz
    ) WITH (autovacuum_enabled = false)`);
  await client.query(
    `INSERT INTO ${table}
     SELECT md5('session-' || g)::uuid, CASE WHEN g % 5 = 0 THEN $2 ELSE 'tenant-' || g % 100 END, 'session-' || g,
       ($1::text[])[1 + (g / 100) % ${STATUSES.length}], 'AKIA' || g,
       jsonb_build_object('cpu', (1 + g % 64)::text, 'mem', ((1 + g % 128)::bigint * 1073741824)::text),
       timestamptz '2020-01-01 00:00:00+00' + g * interval '1.001 seconds',
       timestamptz '2020-01-01 00:00:00+00' + g * interval '1.002 seconds', NULL
     FROM generate_series(0, ${rows - 1}) g`,
    [[...STATUSES], LARGE_TENANT],
  );
  await client.query(`ALTER TABLE ${table} ADD PRIMARY KEY (id)`);
  await client.query(
    `CREATE INDEX ${table}_list ON ${table} (tenant, created_at DESC, id DESC) WHERE deleted_at IS NULL`,
  );
  await client.query(`VACUUM ANALYZE ${table}`);
}
