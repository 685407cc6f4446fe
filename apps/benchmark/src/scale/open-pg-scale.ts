import { newId } from '@holdfast/base';
import pg from 'pg';
import { COLUMNS, PAGE_SIZE, type SessionRow } from '../session-table.js';
import { newSession } from './new-session.js';
import { ScaleRows } from './scale-rows.js';
import { LARGE_TENANT, SMALL_TENANTS, tableOf } from './scale-table.js';
import type { OpenScaleContender, ScaleTask, Work } from './scale-task.js';

const ORDER = 'ORDER BY created_at DESC, id DESC';

/** Hand-written on pg: named statements, committed by themselves; several tenants and ids as one array each. */
export const openPgScale: OpenScaleContender = (url, connections) => {
  const pool = new pg.Pool({ connectionString: url, max: connections, idleTimeoutMillis: 0 });
  return {
    prepare: (task) => Promise.resolve(task.kind === 'page' ? page(pool, task) : work(pool, task)),
    close: () => pool.end(),
  };
};

/** A named statement, ready to be called. */
function named(pool: pg.Pool, name: string, text: string): (values: readonly unknown[]) => Promise<SessionRow[]> {
  return async (values) => (await pool.query<SessionRow>({ name, text, values: [...values] })).rows;
}

function work(pool: pg.Pool, task: Exclude<ScaleTask, { readonly kind: 'page' }>): Work {
  const table = tableOf(task.rows);
  const rows = new ScaleRows(task.rows);
  const of = (text: string): ReturnType<typeof named> => named(pool, `${task.kind}-${table}`, text);
  const select = `SELECT ${COLUMNS} FROM ${table} WHERE deleted_at IS NULL AND`;
  switch (task.kind) {
    case 'get': {
      const run = of(`${select} id = $1 AND tenant = $2`);
      const known = rows.ofAllTenants();
      return async (turn) => {
        const { id, tenant } = known[turn % known.length]!;
        return (await run([id, tenant]))[0]!;
      };
    }
    case 'create': {
      const columns = 'id, tenant, name, status, access_key, requested_slots';
      const run = of(`INSERT INTO ${table} (${columns}) VALUES ($1, $2, $3, $4, $5, $6) RETURNING ${COLUMNS}`);
      return async (turn) => {
        const { tenant, name, status, access_key, requested_slots } = newSession(turn);
        return (await run([newId(), tenant, name, status, access_key, requested_slots]))[0]!;
      };
    }
    case 'getInScopes': {
      const run = of(`${select} id = $1 AND tenant = ANY($2)`);
      const known = rows.ofFirstTenant();
      const tenants = SMALL_TENANTS.slice(0, task.scopes);
      return async (turn) => (await run([known[turn % known.length]!.id, tenants]))[0]!;
    }
    case 'pageInScopes': {
      const run = of(`${select} tenant = ANY($1) ${ORDER} LIMIT ${PAGE_SIZE}`);
      const tenants = SMALL_TENANTS.slice(0, task.scopes);
      return () => run([tenants]);
    }
    case 'among': {
      const run = of(`${select} tenant = $1 AND id = ANY($2) ${ORDER} LIMIT ${PAGE_SIZE}`);
      const ids = rows.idsOfLarge(task.length);
      return () => run([LARGE_TENANT, ids]);
    }
  }
}

/** By offset, or by the place of the row before, which is looked up once. */
async function page(pool: pg.Pool, task: Extract<ScaleTask, { readonly kind: 'page' }>): Promise<Work> {
  const table = tableOf(task.rows);
  const select = `SELECT ${COLUMNS} FROM ${table} WHERE deleted_at IS NULL AND tenant = $1`;
  const listed = `${ORDER} LIMIT ${PAGE_SIZE}`;
  if (task.by === 'offset') {
    const run = named(pool, `page-offset-${table}`, `${select} ${listed} OFFSET $2`);
    return () => run([LARGE_TENANT, task.depth]);
  }
  if (task.depth === 0) {
    const run = named(pool, `page-first-${table}`, `${select} ${listed}`);
    return () => run([LARGE_TENANT]);
  }
  // As text: a Date would cut the microseconds.
  const { rows } = await pool.query<{ at: string; id: string }>(
    `SELECT created_at::text AS at, id FROM ${table} WHERE deleted_at IS NULL AND tenant = $1 ${ORDER} LIMIT 1 OFFSET $2`,
    [LARGE_TENANT, task.depth - 1],
  );
  const { at, id } = rows[0]!;
  const run = named(pool, `page-cursor-${table}`, `${select} AND (created_at, id) < ($2, $3) ${listed}`);
  return () => run([LARGE_TENANT, at, id]);
}
