import assert from 'node:assert/strict';
import { isDeepStrictEqual } from 'node:util';
import type { HoldfastError } from '@holdfast/errors';
import type { ContractCase } from '../contract-case.js';
import type { ContractWorld } from '../contract-world.js';
import { refusal } from '../refusal.js';
import type { ContractChange } from '../repository-contract.js';
import { steady } from '../steady.js';

async function changes(world: ContractWorld, { change, seen }: ContractChange<object, object>): Promise<void> {
  const { mine, repository, contract } = world;
  const row = (await world.rows(mine, 10)).find((each) => !isDeepStrictEqual({ ...each, ...seen }, each));
  if (row === undefined) assert.fail('Each of ten rows is as the change would make it: it shows nothing.');
  const id = contract.idOf(row);

  const updated = await repository.update(mine.scope, id, change);

  assert.deepEqual(steady(world, updated), steady(world, { ...row, ...seen }));
  assert.deepEqual(await world.seen(mine, id), updated, 'it is read as something else');
}

export const updateCases: readonly ContractCase[] = [
  {
    title: 'update changes what it is told to, leaves the rest, and returns the row as it is then read',
    needs: ['update'],
    run: (world) => changes(world, world.contract.change),
  },
  {
    title: 'update changes no row but the one of the id',
    needs: ['update'],
    async run(world) {
      const { mine, repository, contract } = world;
      const [first, second] = await world.rows(mine, 2);

      await repository.update(mine.scope, contract.idOf(second!), contract.change.change);

      assert.deepEqual(await world.seen(mine, contract.idOf(first!)), first);
    },
  },
  {
    title: 'update sets NULL',
    needs: ['update'],
    applies: ({ nulling }) => nulling !== undefined,
    run: (world) => changes(world, world.contract.nulling!),
  },
  {
    title: 'update returns the row as it is for a change of nothing',
    needs: ['update'],
    async run(world) {
      const { mine, repository, contract } = world;
      const row = await world.row(mine);
      const before = await world.stored();

      assert.deepEqual(await repository.update(mine.scope, contract.idOf(row), {}), row);
      assert.deepEqual(await world.stored(), before);
      const error = await refusal(() => repository.update(mine.scope, contract.missing, {}), 'a missing id');
      assert.equal(error instanceof contract.notFound, true, `it was refused with ${String(error)}`);
    },
  },
  {
    title: 'update refuses a property that is not there to be changed, and an invalid value, and changes nothing',
    needs: ['update'],
    async run(world) {
      const { mine, repository, contract } = world;
      const id = contract.idOf(await world.row(mine));
      const before = await world.stored();

      const invalid = [{ ...contract.change.change, 'no such property': 1 }, contract.invalid?.change];
      for (const change of invalid.filter((change) => change !== undefined)) {
        const error = await refusal(() => repository.update(mine.scope, id, change), JSON.stringify(change));
        assert.equal((error as HoldfastError).httpStatus, 400, `it was refused with ${String(error)}`);
      }

      assert.deepEqual(await world.stored(), before);
    },
  },
];
