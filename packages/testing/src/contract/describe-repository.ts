import { repositoryCases } from './repository-cases.js';
import type { RepositoryContract } from './repository-contract.js';

/** What of a test runner is used: the module `@jest/globals`, `vitest` or `node:test`, as it is. */
export type TestRunner = {
  readonly describe: (name: string, define: () => void) => unknown;
  readonly it: (title: string, run: () => Promise<void>, timeoutMs?: number) => unknown;
} & (
  | { readonly afterAll: (run: () => Promise<void>, timeoutMs?: number) => unknown }
  | { readonly after: (run: () => Promise<void>) => unknown }
);

/** The first case may start a server. */
const LIMIT_MS = 120_000;

/**
 * Tests that a repository keeps to the contract of the standard operations: one test for each thing that is asked of
 * those that it offers. Makes a database of its own.
 */
export function describeRepository<Row extends object, Data extends object, Id, Create, Change>(
  runner: TestRunner,
  name: string,
  contract: RepositoryContract<Row, Data, Id, Create, Change>,
): void {
  const { cases, close } = repositoryCases(contract);
  runner.describe(name, () => {
    if ('afterAll' in runner) runner.afterAll(close, LIMIT_MS);
    else runner.after(close);
    for (const { title, run } of cases) runner.it(title, run, LIMIT_MS);
  });
}
