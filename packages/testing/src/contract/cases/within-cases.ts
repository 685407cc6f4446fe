import assert from 'node:assert/strict';
import type { ContractCase } from '../contract-case.js';
import type { Operations } from '../contract-world.js';
import { callArgs, operationCalls, standardOperations, writes } from '../operation-calls.js';
import { refusal } from '../refusal.js';
import type { StandardOperation } from '../contract-repository.js';

const undone = (operation: StandardOperation): ContractCase => ({
  title: `${operation} within a dbSession is undone with it`,
  needs: operation === 'restore' ? ['delete', operation] : [operation],
  async run(world) {
    const args = await callArgs(world, operation);
    const before = await world.stored();
    const mind = new Error('changed my mind');

    const error = await refusal(() =>
      world.test.database.beginSession(async (dbSession) => {
        const repository = world.contract.repository(world.test.database).within(dbSession) as Operations;
        await operationCalls[operation](repository, args);
        throw mind;
      }),
    );

    assert.equal(error, mind);
    assert.deepEqual(await world.stored(), before);
  },
});

const refused = (operation: StandardOperation): ContractCase => ({
  title: `${operation} within a dbSession that only reads is refused`,
  needs: operation === 'restore' ? ['delete', operation] : [operation],
  async run(world) {
    const args = await callArgs(world, operation);
    const before = await world.stored();

    await refusal(
      () =>
        world.test.database.beginReadonlySession((dbSession) =>
          operationCalls[operation](
            world.contract.repository(world.test.database).within(dbSession) as Operations,
            args,
          ),
        ),
      'a write',
    );

    assert.deepEqual(await world.stored(), before);
  },
});

const read = (operation: StandardOperation): ContractCase => ({
  title: `${operation} within a dbSession sees what is not committed yet`,
  needs: ['create', operation],
  async run(world) {
    const { mine, contract, test } = world;
    const spec = world.specs(mine, 1)[0];
    await test.database.beginSession(async (dbSession) => {
      const inside = contract.repository(test.database).within(dbSession) as Operations;
      const id = contract.idOf(await inside.create(mine.scope, spec));
      const args = { scope: mine.scope, id, spec, contract };

      const seenInside = await operationCalls[operation](inside, args);
      const options = { separate: true };
      const seenOutside = await operationCalls[operation](world.repository, { ...args, options }).catch(
        (error: unknown) => {
          if (error instanceof contract.notFound) return null;
          throw error;
        },
      );

      assert.notDeepEqual(seenInside, seenOutside, 'inside it is as outside');
    });
  },
});

export const withinCases: readonly ContractCase[] = [
  ...writes.map(undone),
  ...writes.map(refused),
  ...standardOperations.filter((operation) => !writes.includes(operation)).map(read),
  {
    title: 'within a dbSession the repository offers what it offers outside',
    needs: [],
    async run(world) {
      const { contract, test } = world;
      await test.database.beginReadonlySession(async (dbSession) => {
        const inside = contract.repository(test.database).within(dbSession) as Operations;
        const missing = standardOperations.filter((name) => world.offers(name) && typeof inside[name] !== 'function');
        assert.deepEqual(missing, []);
      });
    },
  },
];
