import assert from 'node:assert/strict';
import { isHoldfastError, type HoldfastError } from '@holdfast/errors';
import type { ContractCase } from '../contract-case.js';
import { callArgs, creations, operationCalls, standardOperations } from '../operation-calls.js';
import { refusal } from '../refusal.js';
import type { StandardOperation } from '../contract-repository.js';

/** What a refusal tells, with the id taken out. */
function told(error: Error, id: unknown): string {
  const { name, message } = error;
  const { code, httpStatus } = error as HoldfastError;
  const problem = isHoldfastError(error) ? error.toProblem() : null;
  const ids: readonly unknown[] = typeof id === 'object' && id !== null ? Object.values(id) : [id];
  return ids.reduce<string>(
    (text, part) => text.replaceAll(String(part), '<id>'),
    JSON.stringify({ name, message, code, httpStatus, problem }),
  );
}

const foreign = (operation: StandardOperation): ContractCase => ({
  title: `${operation} answers for a foreign row word for word as for one that does not exist, and leaves it alone`,
  needs: operation === 'restore' ? ['delete', operation] : [operation],
  async run(world) {
    const { repository, mine, theirs, contract } = world;
    const args = await callArgs(world, operation, theirs);
    const before = await world.stored();
    const answer = async (id: unknown): Promise<unknown> => {
      const call = operationCalls[operation](repository, { ...args, id, scope: mine.scope });
      return call.catch((error: unknown) => told(error as Error, id));
    };

    assert.deepEqual(await answer(args.id), await answer(contract.missing));
    assert.deepEqual(await world.stored(), before, 'the foreign row was changed');
  },
});

const scopeless = (operation: StandardOperation): ContractCase => ({
  title: `${operation} refuses what is no scope`,
  needs: operation === 'restore' ? ['delete', operation] : [operation],
  async run(world) {
    const args = await callArgs(world, operation);
    const before = await world.stored();

    for (const scope of [undefined, null, {}, [], [undefined], 'mine']) {
      const call = async (): Promise<unknown> =>
        operationCalls[operation](world.repository, { ...args, scope: scope as never });
      const error = await refusal(call, `the scope ${JSON.stringify(scope)}`);
      assert.equal(isHoldfastError(error), true, `it came to ${String(error)}`);
    }
    assert.deepEqual(await world.stored(), before);
  },
});

const byId = standardOperations.filter((operation) => !creations.includes(operation));

export const scopeCases: readonly ContractCase[] = [...byId.map(foreign), ...standardOperations.map(scopeless)];
