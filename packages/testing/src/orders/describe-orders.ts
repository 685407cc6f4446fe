import type { TestRunner } from '../contract/describe-repository.js';
import { orderCases, type OrderContract } from './order-cases.js';

/** The first case may start a server, and makes the rows. */
const LIMIT_MS = 120_000;

/**
 * Tests that each order which a package offers is read by an index, however many rows its scope has: two pages of each, by
 * its plan for the values at hand and by the one for all values. Makes a database of its own.
 */
export function describeOrders<Row extends object>(
  runner: TestRunner,
  name: string,
  contract: OrderContract<Row>,
): void {
  const { cases, close } = orderCases(contract);
  runner.describe(`the orders of ${name}`, () => {
    if ('afterAll' in runner) runner.afterAll(close, LIMIT_MS);
    else runner.after(close);
    for (const { title, run } of cases) runner.it(title, run, LIMIT_MS);
  });
}
