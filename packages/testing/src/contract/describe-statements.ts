import type { Workload } from '@holdfast/base';
import { createTestDatabase } from '../create-test-database.js';
import type { TestDatabase } from '../test-database.js';
import { testServerUrl } from '../test-server-url.js';
import { WireCounter } from '../wire-counter.js';
import { assertStatements, SIZES } from './assert-statements.js';
import type { TestRunner } from './describe-repository.js';
import { emptyTables } from './empty-tables.js';
import type { StatementContract } from './statement-contract.js';

/** The first case may start a server. */
const LIMIT_MS = 120_000;

/**
 * Tests that the operations of a repository which are not standard ones send no more statements than it declares, with 1,
 * 100 and 10,000 rows: one test for each. `describeRepository` does the same for the standard ones.
 */
export function describeStatements<
  Repository,
  Statements extends Readonly<Record<string, (workload: Workload) => number>>,
>(runner: TestRunner, name: string, contract: StatementContract<Repository, Statements>): void {
  const { tables, repository, statements, calls } = contract;
  let opened: { readonly counter: WireCounter; readonly test: TestDatabase } | null = null;
  const close = async () => {
    await opened?.test.close();
    await opened?.counter.close();
  };
  runner.describe(`statements of ${name}`, () => {
    if ('afterAll' in runner) runner.afterAll(close, LIMIT_MS);
    else runner.after(close);
    for (const operation of Object.keys(statements)) {
      const run = async () => {
        if (opened === null) {
          const counter = await WireCounter.open(await testServerUrl());
          opened = { counter, test: await createTestDatabase({ ...tables, pool: { max: 4 }, through: counter }) };
        }
        const { counter, test } = opened;
        const world = { repository: repository(test.database), test };
        for (const rows of SIZES) {
          await emptyTables(test);
          const call = await calls[operation]!(world, rows);
          await assertStatements(counter, call, rows, statements[operation]!);
        }
      };
      runner.it(`${operation} sends no more than are declared, however many rows there are`, run, LIMIT_MS);
    }
  });
}
