import type { TestRunner } from '../contract/describe-repository.js';
import { createTestDatabase } from '../create-test-database.js';
import type { TestDatabase } from '../test-database.js';
import { testServerUrl } from '../test-server-url.js';
import { WireCounter } from '../wire-counter.js';
import { cachingCases } from './caching-cases.js';
import type { CachingContract } from './caching-contract.js';
import { CachingWorld } from './caching-world.js';

/** The first case may start a server. */
const LIMIT_MS = 120_000;

/**
 * Tests that a repository with a cache gives nobody what is older than a write that is over, nor what their scope does not
 * see: each of its writes alone, against a read that is under way, and within a dbSession. Makes a database of its own.
 */
export function describeCaching<Repository extends object, Row, Data>(
  runner: TestRunner,
  name: string,
  contract: CachingContract<Repository, Row, Data>,
): void {
  let opened: { readonly counter: WireCounter; readonly test: TestDatabase } | null = null;
  const open = async () => {
    if (opened === null) {
      const counter = await WireCounter.open(await testServerUrl());
      opened = { counter, test: await createTestDatabase({ ...contract.tables, pool: { max: 4 }, through: counter }) };
    }
    return new CachingWorld(contract, opened.test.database, opened.counter);
  };
  const close = async () => {
    await opened?.test.close();
    await opened?.counter.close();
  };
  runner.describe(`${name} with a cache`, () => {
    if ('afterAll' in runner) runner.afterAll(close, LIMIT_MS);
    else runner.after(close);
    for (const { title, run } of cachingCases(contract, open)) runner.it(title, run, LIMIT_MS);
  });
}
