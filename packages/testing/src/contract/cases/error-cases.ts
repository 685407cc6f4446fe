import assert from 'node:assert/strict';
import { isHoldfastError } from '@holdfast/errors';
import type { ContractCase } from '../contract-case.js';
import type { ContractWorld } from '../contract-world.js';
import { callArgs, operationCalls, standardOperations } from '../operation-calls.js';
import { refusal } from '../refusal.js';

/** What the database said, all the way down, with the names of what it is about. */
function databaseTexts(error: unknown): readonly string[] {
  const texts: string[] = [];
  for (let each = error; typeof each === 'object' && each !== null; each = (each as Error).cause) {
    if (isHoldfastError(each)) continue;
    const { message, detail, hint, constraint, where, query } = each as Record<string, unknown>;
    texts.push(...[message, detail, hint, constraint, where, query].filter((text) => typeof text === 'string'));
  }
  return texts.filter((text) => text !== '');
}

async function tellsNothing(work: () => Promise<unknown>, what: string): Promise<void> {
  const error = await refusal(work, what);
  if (!isHoldfastError(error)) assert.fail(`${what} came to ${String(error)}, which has no code`);
  assert.match(error.code, /^[a-z-]+_[a-z-]+_[a-z-]+$/);
  const problem = JSON.stringify(error.toProblem());
  const told = databaseTexts(error).filter((text) => problem.includes(text));
  assert.deepEqual(told, [], `the problem document of ${what} tells what the database said`);
  assert.doesNotMatch(
    problem,
    /duplicate key|violates|\b(SELECT|INSERT INTO|UPDATE|DELETE FROM)\b .*\b(FROM|SET|VALUES)\b/,
  );
}

async function existing(world: ContractWorld): Promise<void> {
  const { repository, mine } = world;
  const [spec] = world.specs(mine, 1);
  await repository.create(mine.scope, spec);
  await tellsNothing(() => repository.create(mine.scope, spec), 'what exists already');
}

export const errorCases: readonly ContractCase[] = [
  {
    title: 'errors have codes, and their problem documents hold no text of the database',
    needs: [],
    async run(world) {
      const { repository, contract, mine, theirs } = world;
      const offered = standardOperations.filter((operation) => world.offers(operation));
      for (const operation of offered.filter((name) => ['get', 'update', 'delete', 'purge'].includes(name))) {
        const args = { ...(await callArgs(world, operation)), id: contract.missing };
        await tellsNothing(() => operationCalls[operation](repository, args), `${operation} of a missing id`);
      }
      if (world.offers('create') && contract.alreadyExists !== null) await existing(world);
      if (world.offers('create') && contract.invalid?.create !== undefined) {
        const spec = contract.invalid.create;
        await tellsNothing(() => repository.create(mine.scope, spec), 'an invalid value');
      }
      if (world.offers('update')) {
        const id = contract.idOf(await world.row(theirs));
        await tellsNothing(() => repository.update(mine.scope, id, contract.change.change), 'a foreign row');
      }
    },
  },
];
