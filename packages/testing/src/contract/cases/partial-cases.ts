import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';
import type { Operations } from '../contract-world.js';

export const partialCases: readonly ContractCase[] = [
  {
    title: 'bulkCreatePartial creates all where it can, in the order given',
    needs: ['bulkCreatePartial'],
    async run(world) {
      const { mine, repository, contract } = world;
      const specs = [...world.specs(mine, 9)].reverse();

      const { successes, failures } = await repository.bulkCreatePartial(mine.scope, specs);

      assert.deepEqual(successes.map(contract.mark), specs.map(contract.mark), 'they are not in the order given');
      assert.deepEqual(failures, []);
      for (const data of successes) assert.deepEqual(await world.seen(mine, contract.idOf(data)), data);
    },
  },
  {
    title: 'bulkCreatePartial creates what it can, and says of the others which they are and why',
    needs: ['bulkCreatePartial'],
    applies: ({ alreadyExists }) => alreadyExists !== null,
    async run(world) {
      const { mine, repository, contract } = world;
      const [first, taken, third] = world.specs(mine, 3) as [object, object, object];
      await repository.bulkCreatePartial(mine.scope, [taken]);
      const { length } = await world.stored();

      const result = await repository.bulkCreatePartial(mine.scope, [first, taken, third, first]);

      assert.deepEqual(result.successes.map(contract.mark), [first, third].map(contract.mark));
      const failures = result.failures.map(({ index, spec, error }) => [
        index,
        contract.mark(spec),
        error instanceof contract.alreadyExists!,
      ]);
      assert.deepEqual(failures, [
        [1, contract.mark(taken), true],
        [3, contract.mark(first), true],
      ]);
      assert.equal((await world.stored()).length, length + 2);
    },
  },
  {
    title: 'bulkCreatePartial within a dbSession does not spoil it by what fails',
    needs: ['bulkCreatePartial'],
    applies: ({ alreadyExists }) => alreadyExists !== null,
    async run(world) {
      const { mine, contract, test } = world;
      const [taken, other, later] = world.specs(mine, 3) as [object, object, object];
      await world.repository.bulkCreatePartial(mine.scope, [taken]);
      const { length } = await world.stored();

      await test.database.beginSession(async (dbSession) => {
        const inside = contract.repository(test.database).within(dbSession) as Operations;
        const { failures } = await inside.bulkCreatePartial(mine.scope, [taken, other]);
        assert.equal(failures.length, 1);
        await inside.bulkCreatePartial(mine.scope, [later]);
      });

      assert.equal((await world.stored()).length, length + 2);
    },
  },
  {
    title: 'bulkCreatePartial makes no row of another tenant',
    needs: ['bulkCreatePartial'],
    async run(world) {
      const { mine, theirs, repository, contract } = world;
      const specs = [...world.specs(theirs, 1), ...world.specs(mine, 1)];

      const { successes } = await repository.bulkCreatePartial(mine.scope, specs);

      assert.equal(successes.length > 0, true, 'nothing was created');
      for (const data of successes) {
        assert.equal(await world.seen(theirs, contract.idOf(data)), null, 'the other tenant got a row');
      }
    },
  },
];
