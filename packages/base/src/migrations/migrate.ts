import { Misuse } from '@holdfast/errors';
import type { MigrationList } from './migration-list.js';
import type { MigrateOptions } from './migration-options.js';
import { namedMigrations } from './named-migrations.js';
import { type MigrationRunner, runMigrations } from './run-migrations.js';

/** What `Database.migrate` does. */
export async function migrate(
  runner: MigrationRunner,
  list: MigrationList,
  options: MigrateOptions,
): Promise<readonly string[]> {
  const migrations = namedMigrations(list);
  const known = new Set(migrations.map(({ name }) => name));
  return runMigrations(
    runner,
    {
      direction: 'up',
      left(recorded) {
        const unknown = recorded.filter((name) => !known.has(name));
        if (options.refuseUnknown === true && unknown.length > 0) {
          throw new Misuse(`Recorded as applied, but not in the list: ${unknown.join(', ')}.`);
        }
        const applied = new Set(recorded);
        return migrations.filter(({ name }) => !applied.has(name));
      },
    },
    options,
  );
}
