import { randomBytes } from 'node:crypto';
import { databaseUrl } from './database-url.js';
import { withClient } from './with-client.js';

export interface ScratchDatabase {
  readonly name: string;
  readonly url: string;
  /** Drops it, cutting whatever is still connected. */
  drop(): Promise<void>;
}

/** A new database of nobody else's: a copy of `template`, or empty. */
export async function scratchDatabase(serverUrl: string, template?: string): Promise<ScratchDatabase> {
  const run = (sql: string): Promise<unknown> => withClient(serverUrl, (client) => client.query(sql));
  const name = `holdfast_test_${Date.now().toString(36)}_${randomBytes(5).toString('hex')}`;
  await run(`CREATE DATABASE ${name}${template === undefined ? '' : ` TEMPLATE ${template}`}`);
  return {
    name,
    url: databaseUrl(serverUrl, name),
    async drop() {
      await run(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`);
    },
  };
}
