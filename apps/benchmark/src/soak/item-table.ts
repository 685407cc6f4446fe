import type pg from 'pg';

/** What the soak works on. */
export interface Item {
  readonly id: string;
  readonly tenant: string;
  readonly name: string;
  readonly status: string;
  readonly uses: number;
  readonly labels: readonly string[];
  readonly details: Readonly<Record<string, string>>;
  readonly created_at: Date;
  readonly updated_at: Date;
  readonly deleted_at: Date | null;
  readonly version: number;
}

export type NewItem = Pick<Item, 'name' | 'status' | 'labels' | 'details'>;

export const TENANTS = 20;
export const STATUSES = ['new', 'in use', 'worn', 'broken'] as const;
/** Items that stay, `KEPT / TENANTS` of each tenant. */
export const KEPT = 20_000;
/** The first of each tenant, which many change at once. */
export const HOT = 2;

/** The key of an item that stays. */
export function keptId(position: number): string {
  return `00000000-0000-7000-8000-${position.toString(16).padStart(12, '0')}`;
}

export function tenantOf(position: number): string {
  return `tenant-${position % TENANTS}`;
}

/** Creates the table with the items that stay. */
export async function createItemTable(client: pg.ClientBase): Promise<void> {
  await client.query(`
    CREATE TABLE items (
      id uuid PRIMARY KEY,
      tenant text NOT NULL,
      name text NOT NULL,
      status text NOT NULL,
      uses integer NOT NULL DEFAULT 0,
      labels text[] NOT NULL,
      details jsonb NOT NULL,
      created_at timestamptz NOT NULL DEFAULT now(),
      updated_at timestamptz NOT NULL DEFAULT now(),
      deleted_at timestamptz,
      version integer NOT NULL DEFAULT 1
    )`);
  await client.query(
    `INSERT INTO items (id, tenant, name, status, labels, details)
     SELECT ('00000000-0000-7000-8000-' || lpad(to_hex(g), 12, '0'))::uuid, 'tenant-' || g % ${TENANTS}, 'item ' || g,
       ($1::text[])[1 + (g / ${TENANTS}) % ${STATUSES.length}], ARRAY['kept', 'shelf ' || g % 50],
       jsonb_build_object('colour', g % 7, 'note', 'kept since the beginning')
     FROM generate_series(0, ${KEPT - 1}) g`,
    [[...STATUSES]],
  );
  await client.query('CREATE INDEX items_list ON items (tenant, created_at DESC, id DESC) WHERE deleted_at IS NULL');
  await client.query('VACUUM ANALYZE items');
}
