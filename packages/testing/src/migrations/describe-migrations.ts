import type { TestRunner } from '../contract/describe-repository.js';
import { migrationCases, type MigrationContract } from './migration-cases.js';

/** The first case may start a server. */
const LIMIT_MS = 120_000;

/**
 * Tests that migrations make exactly the tables of the entities, and undo exactly what they did: one test for each thing,
 * each in an empty database of its own.
 */
export function describeMigrations(runner: TestRunner, name: string, contract: MigrationContract): void {
  runner.describe(name, () => {
    for (const { title, run } of migrationCases(contract)) runner.it(title, run, LIMIT_MS);
  });
}
