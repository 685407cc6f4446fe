import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';
import { isDeeplyFrozen } from '../is-deeply-frozen.js';
import { callArgs, operationCalls, standardOperations } from '../operation-calls.js';

// A number cannot be changed.
const operations = standardOperations.filter((operation) => operation !== 'count');

export const frozenCases: readonly ContractCase[] = operations.map((operation) => ({
  title: `${operation} returns what nobody can change`,
  needs: operation === 'restore' ? ['delete', operation] : [operation],
  async run(world) {
    const result = await operationCalls[operation](world.repository, await callArgs(world, operation));

    assert.equal(isDeeplyFrozen(result), true, `it returned ${JSON.stringify(result)}`);
  },
}));
