import type { TestDatabase } from '../test-database.js';

/** Empties the tables of all entities. */
export async function emptyTables({ dataSource }: TestDatabase): Promise<void> {
  const tables = dataSource.entityMetadatas.map(({ tablePath }) => dataSource.driver.escape(tablePath));
  // A repository may read the tables of others and have none of its own.
  if (tables.length === 0) return;
  await dataSource.query(`TRUNCATE ${tables.join(', ').replaceAll('.', '"."')} RESTART IDENTITY CASCADE`);
}
