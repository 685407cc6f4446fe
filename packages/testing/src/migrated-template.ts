import { createHash } from 'node:crypto';
import { Database, guardedPool, type MigrationList } from '@holdfast/base';
import { DataSource } from 'typeorm';
import { dropLeftovers } from './drop-leftovers.js';
import { templateDatabase } from './template-database.js';

/** The name of the template that holds the schema of `migrations`, made if this server lacks it. */
export function migratedTemplate(serverUrl: string, migrations: MigrationList): Promise<string> {
  return templateDatabase(serverUrl, keyOf(migrations), async (url) => {
    await dropLeftovers(serverUrl);
    // Two, for migrations that run outside of a transaction while another connection holds the lock.
    const dataSource = new DataSource({ type: 'postgres', url, ...guardedPool({ max: 2 }) });
    await dataSource.initialize();
    try {
      await new Database(dataSource).migrate(migrations);
    } finally {
      await dataSource.destroy();
    }
  });
}

/** Changes with the migrations' text, so that editing one makes another template. */
function keyOf(migrations: MigrationList): string {
  const hash = createHash('sha256');
  for (const migration of migrations)
    hash.update(`${migration.name}\n${Function.prototype.toString.call(migration)}\n`);
  return hash.digest('hex').slice(0, 16);
}
