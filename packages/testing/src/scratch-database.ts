import { randomBytes } from 'node:crypto';
import { databaseUrl } from './database-url.js';
import { withClient } from './with-client.js';

export interface ScratchDatabase {
  readonly url: string;
  /** Drops it, cutting whatever is still connected. */
  drop(): Promise<void>;
}

/** A new database of nobody else's: a copy of `template`, or empty. */
export async function scratchDatabase(serverUrl: string, template?: string): Promise<ScratchDatabase> {
  const name = `holdfast_test_${Date.now().toString(36)}_${randomBytes(5).toString('hex')}`;
  const copying = template === undefined ? '' : ` TEMPLATE ${template}`;
  await withClient(serverUrl, (client) => client.query(`CREATE DATABASE ${name}${copying}`));
  let dropped: Promise<void> | undefined;
  return {
    url: databaseUrl(serverUrl, name),
    drop: () =>
      (dropped ??= withClient(serverUrl, (client) => client.query(`DROP DATABASE IF EXISTS ${name} WITH (FORCE)`)).then(
        () => {},
      )),
  };
}
