import assert from 'node:assert/strict';
import { DeadlineExceeded } from '@holdfast/base';
import type { ContractCase } from '../contract-case.js';
import { callArgs, operationCalls, standardOperations } from '../operation-calls.js';
import { refusal } from '../refusal.js';

export const optionCases: readonly ContractCase[] = standardOperations.map((operation) => ({
  title: `${operation} does nothing once its signal has aborted or its deadline has passed`,
  needs: operation === 'restore' ? ['delete', operation] : [operation],
  async run(world) {
    const args = await callArgs(world, operation);
    const before = await world.stored();
    const call = (options: object) => () => operationCalls[operation](world.repository, { ...args, options });
    const unwanted = new Error('no longer wanted');

    const aborted = await refusal(call({ signal: AbortSignal.abort(unwanted) }), 'an aborted call');
    const late = await refusal(call({ deadlineMs: 0 }), 'a call that is late');

    assert.equal(aborted === unwanted || aborted.cause === unwanted, true, `it failed with ${String(aborted)}`);
    assert.equal(late instanceof DeadlineExceeded, true, `it failed with ${String(late)}`);
    assert.deepEqual(await world.stored(), before);
  },
}));
