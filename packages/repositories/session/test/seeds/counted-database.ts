import { createTestDatabase, type TestDatabase, testServerUrl, WireCounter } from '@holdfast/testing';
import { sessionEntities } from '../../src/entities.js';
import { sessionMigrations } from '../../src/migrations/index.js';

export interface CountedDatabase extends TestDatabase {
  /** What is sent to it. */
  readonly wire: WireCounter;
}

/** A database of one's own with the tables of this package, behind a counter. */
export async function countedDatabase(): Promise<CountedDatabase> {
  const wire = await WireCounter.open(await testServerUrl());
  const test = await createTestDatabase({ entities: sessionEntities, migrations: sessionMigrations, through: wire });
  const close = async (): Promise<void> => {
    await test.close();
    await wire.close();
  };
  return { ...test, wire, close };
}
