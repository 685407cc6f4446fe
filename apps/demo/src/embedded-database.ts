import { startEmbeddedPostgres } from '@holdfast/embedded-postgres';
import { Client } from 'pg';
import type { ClosingStack } from './closing-stack.js';

const NAME = 'holdfast_demo';

/**
 * Starts a PostgreSQL with an empty database, and returns its URL; `open` stops it. The database belongs to a role of its
 * own: row-level security does not apply to a superuser.
 */
export async function embeddedDatabase(open: ClosingStack): Promise<string> {
  const postgres = await startEmbeddedPostgres();
  open.push(() => postgres.stop());
  const superuser = new Client({ connectionString: postgres.url });
  await superuser.connect();
  try {
    await superuser.query(`CREATE ROLE ${NAME} LOGIN`);
    await superuser.query(`CREATE DATABASE ${NAME} OWNER ${NAME}`);
  } finally {
    await superuser.end();
  }
  const url = new URL(postgres.url);
  url.username = NAME;
  url.pathname = `/${NAME}`;
  return url.href;
}
