import type pg from 'pg';

/** Rows that are read; large enough that nobody reads the table whole by chance. */
const ROWS = 200_000;
/** Rows of the tenant whose pages are read at depth: more than DEPTH. */
const DEEP_ROWS = 120_000;

export const STATUSES = ['PENDING', 'RUNNING', 'TERMINATED', 'CANCELLED', 'ERROR'] as const;
/** The tenants with the ROWS, named `tenant-0` and so on. */
export const TENANTS = 40;
export const DEEP_TENANT = 'deep';
/** All rows of the deep tenant have it. */
export const DEEP_STATUS = 'RUNNING';
/** How many rows come before a page at depth. */
export const DEPTH = 100_000;
export const PAGE_SIZE = 20;
/** The time of the oldest row. */
export const OLDEST = new Date('2025-01-01T00:00:00Z');
/** Half of the ROWS are from then on. */
export const SINCE = new Date(OLDEST.getTime() + (ROWS / 2) * 37_123);

export const COLUMNS =
  'id, tenant, name, status, access_key, requested_slots, created_at, updated_at, deleted_at' as const;

/** One row, as every contender returns it. */
export interface SessionRow {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly status: string;
  readonly access_key: string;
  readonly requested_slots: Readonly<Record<string, string>>;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
}

/** What a new row is made of; each contender makes its key. */
export type NewSession = Pick<SessionRow, 'tenant' | 'name' | 'status' | 'access_key' | 'requested_slots'>;

/** A row whose key is given. */
export type KeyedSession = NewSession & Pick<SessionRow, 'id'>;

/** What an update changes. */
export type SessionChange = Pick<SessionRow, 'name' | 'requested_slots'>;

/**
 * Rows of a tenant with `status = $status AND created_at >= $since` that are not deleted, by `created_at` descending, then by
 * `id` descending. Their `created_at` are whole milliseconds where cursors are asked for.
 */
export interface Listing {
  readonly tenant: string;
  readonly status: string;
  readonly since: Date;
}

/** What a unit of work is given; see Operations. */
export interface Unit {
  readonly tenant: string;
  readonly id: string;
  readonly name: string;
}

/** Values of the columns for a number `g`, from `tenant` on; times are whole milliseconds, the same each time. */
export const valuesOf = (tenant: string, status: string): string => `${tenant}, 'session-' || g, ${status},
  'AKIA' || upper(substr(md5(g::text), 1, 16)),
  jsonb_build_object('cpu', (1 + g % 64)::text, 'mem', ((1 + g % 128)::bigint * 1073741824)::text,
    'cuda.shares', (g % 8)::text || '.5'),
  timestamptz '${OLDEST.toISOString()}' + g * interval '37.123 seconds',
  timestamptz '${OLDEST.toISOString()}' + g * interval '38.456 seconds', NULL`;

/** Creates the table with its rows, the same each time but for their ids. The one who writes cleans it up: VACUUM. */
export async function createSessionTable(client: pg.ClientBase): Promise<void> {
  await client.query(`
    CREATE TABLE sessions (
      id uuid PRIMARY KEY,
      tenant text NOT NULL,
      name text NOT NULL,
      status text NOT NULL,
      access_key text NOT NULL,
      requested_slots jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      deleted_at timestamptz
    ) WITH (autovacuum_enabled = false)`);
  const statuses = `('{${STATUSES.join()}}'::text[])[1 + (g / ${TENANTS}) % ${STATUSES.length}]`;
  const insert = 'INSERT INTO sessions SELECT gen_random_uuid(),';
  await client.query(
    `${insert} ${valuesOf(`'tenant-' || (g % ${TENANTS})`, statuses)} FROM generate_series(0, ${ROWS - 1}) g`,
  );
  await client.query(
    `${insert} ${valuesOf(`'${DEEP_TENANT}'`, `'${DEEP_STATUS}'`)} FROM generate_series(0, ${DEEP_ROWS - 1}) g`,
  );
  await client.query(
    `CREATE INDEX sessions_list ON sessions (tenant, status, created_at DESC, id DESC) WHERE deleted_at IS NULL`,
  );
  await client.query('VACUUM ANALYZE sessions');
}
