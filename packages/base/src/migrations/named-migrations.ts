import { Misuse } from '@holdfast/errors';
import type { MigrationInterface } from 'typeorm';
import type { MigrationList } from './migration-list.js';

export interface NamedMigration {
  readonly name: string;
  readonly timestamp: number;
  readonly migration: MigrationInterface;
  /** False for one that must run outside of a transaction. */
  readonly isTransactional: boolean;
}

/** The migrations of a list, the oldest first. */
export function namedMigrations(list: MigrationList): readonly NamedMigration[] {
  const migrations = list.map((Migration) => {
    const migration = new Migration();
    const name = migration.name ?? Migration.name;
    if (!/\d{13}$/.test(name)) throw new Misuse(`The name of the migration ${name} does not end in a timestamp.`);
    return {
      name,
      timestamp: Number(name.slice(-13)),
      migration,
      isTransactional: migration.transaction !== false,
    };
  });
  const names = migrations.map(({ name }) => name);
  const twice = names.find((name, i) => names.indexOf(name) !== i);
  if (twice !== undefined) throw new Misuse(`Two migrations have the name ${twice}.`);
  return migrations.sort((a, b) => a.timestamp - b.timestamp);
}
