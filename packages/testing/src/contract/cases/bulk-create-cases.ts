import assert from 'node:assert/strict';
import { OutsideScope } from '@holdfast/querier';
import type { ContractCase } from '../contract-case.js';
import { refusal } from '../refusal.js';

export const bulkCreateCases: readonly ContractCase[] = [
  {
    title: 'bulkCreate returns the rows in the order given, as they are then read',
    needs: ['bulkCreate'],
    async run(world) {
      const { mine, repository, contract } = world;
      const specs = [...world.specs(mine, 9)].reverse();

      const created = await repository.bulkCreate(mine.scope, specs);

      assert.deepEqual(created.map(contract.mark), specs.map(contract.mark), 'the results are not in the order given');
      for (const data of created) assert.deepEqual(await world.seen(mine, contract.idOf(data)), data);
    },
  },
  {
    title: 'bulkCreate creates none if one exists already',
    needs: ['bulkCreate'],
    applies: ({ alreadyExists }) => alreadyExists !== null,
    async run(world) {
      const { mine, repository, contract } = world;
      const [first, taken, last] = world.specs(mine, 3) as [object, object, object];
      await repository.bulkCreate(mine.scope, [taken]);
      const before = await world.stored();

      const error = await refusal(() => repository.bulkCreate(mine.scope, [first, taken, last]));

      assert.equal(error instanceof contract.alreadyExists!, true, `it was refused with ${String(error)}`);
      assert.deepEqual(await world.stored(), before, 'some were stored');
    },
  },
  {
    title: 'bulkCreate makes no row of another tenant',
    needs: ['bulkCreate'],
    async run(world) {
      const { mine, theirs, repository, contract } = world;
      const specs = [...world.specs(mine, 1), ...world.specs(theirs, 1)];
      const before = await world.stored();

      const outcome = await repository.bulkCreate(mine.scope, specs).catch((error: unknown) => error as Error);

      if (outcome instanceof Error) {
        assert.equal(outcome instanceof OutsideScope, true, `it was refused with ${String(outcome)}`);
        assert.deepEqual(await world.stored(), before, 'some were stored');
      } else {
        for (const data of outcome) assert.equal(await world.seen(theirs, contract.idOf(data)), null);
      }
    },
  },
  {
    title: 'bulkCreate makes nothing of an empty list',
    needs: ['bulkCreate'],
    async run(world) {
      const before = await world.stored();

      assert.deepEqual(await world.repository.bulkCreate(world.mine.scope, []), []);
      assert.deepEqual(await world.stored(), before);
    },
  },
];
