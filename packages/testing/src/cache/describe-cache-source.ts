import type { TestRunner } from '../contract/describe-repository.js';
import { cacheSourceCases } from './cache-source-cases.js';
import type { CacheSourceContract } from './cache-source-contract.js';

const LIMIT_MS = 60_000;

/** Tests that a cache source keeps to what all of them promise: one test for each thing that is asked of it. */
export function describeCacheSource<Key, Value>(
  runner: TestRunner,
  name: string,
  contract: CacheSourceContract<Key, Value>,
): void {
  const close = async (): Promise<void> => contract.close?.();
  runner.describe(name, () => {
    if ('afterAll' in runner) runner.afterAll(close, LIMIT_MS);
    else runner.after(close);
    for (const { title, run } of cacheSourceCases(contract)) runner.it(title, run, LIMIT_MS);
  });
}
