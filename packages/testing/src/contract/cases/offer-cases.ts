import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';
import { standardOperations } from '../operation-calls.js';

export const offerCases: readonly ContractCase[] = [
  {
    title: 'offers all standard operations but those that it leaves out on purpose',
    needs: [],
    run(world) {
      const { leavesOut = [] } = world.contract;
      const offered = standardOperations.filter((operation) => world.offers(operation));

      assert.deepEqual(
        offered,
        standardOperations.filter((operation) => !leavesOut.includes(operation)),
      );
      return Promise.resolve();
    },
  },
];
