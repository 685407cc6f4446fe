import assert from 'node:assert/strict';
import type { HoldfastError } from '@holdfast/errors';
import { OutsideScope } from '@holdfast/querier';
import type { ContractCase } from '../contract-case.js';
import { refusal } from '../refusal.js';

export const createCases: readonly ContractCase[] = [
  {
    title: 'create returns the row as it is then read',
    needs: ['create'],
    async run(world) {
      const { mine, repository, contract } = world;

      const [spec] = world.specs(mine, 1);
      const created = await repository.create(mine.scope, spec);

      assert.deepEqual(contract.mark(created), contract.mark(spec), 'it is made of another spec');
      assert.deepEqual(await world.seen(mine, contract.idOf(created)), created, 'it is read as something else');
    },
  },
  {
    title: 'create refuses a row that exists already, and stores nothing',
    needs: ['create'],
    applies: ({ alreadyExists }) => alreadyExists !== null,
    async run(world) {
      const { mine, repository, contract } = world;
      const [spec] = world.specs(mine, 1);
      await repository.create(mine.scope, spec);
      const before = await world.stored();

      const error = await refusal(() => repository.create(mine.scope, spec), 'what exists already');

      assert.equal(error instanceof contract.alreadyExists!, true, `it was refused with ${String(error)}`);
      assert.deepEqual(await world.stored(), before);
    },
  },
  {
    title: 'create refuses what holds an invalid value, and stores nothing',
    needs: ['create'],
    applies: ({ invalid }) => invalid?.create !== undefined,
    async run(world) {
      const { mine, repository, contract } = world;
      const before = await world.stored();

      const error = await refusal(() => repository.create(mine.scope, contract.invalid!.create!));

      assert.equal((error as HoldfastError).httpStatus, 400, `it was refused with ${String(error)}`);
      assert.deepEqual(await world.stored(), before);
    },
  },
  {
    title: 'create makes no row of another tenant',
    needs: ['create'],
    async run(world) {
      const { mine, theirs, repository, contract } = world;
      const before = await world.stored();

      const outcome = await repository
        .create(mine.scope, world.specs(theirs, 1)[0])
        .catch((error: unknown) => error as Error);

      // A spec that does not say whose the row is takes it from the scope.
      if (outcome instanceof Error) {
        assert.equal(outcome instanceof OutsideScope, true, `it was refused with ${String(outcome)}`);
        assert.deepEqual(await world.stored(), before);
      } else {
        assert.equal(await world.seen(theirs, contract.idOf(outcome)), null, 'the other tenant got a row');
        assert.notEqual(await world.seen(mine, contract.idOf(outcome)), null, 'nobody got the row');
      }
    },
  },
];
