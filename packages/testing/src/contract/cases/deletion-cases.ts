import assert from 'node:assert/strict';
import { batchQuerier } from '@holdfast/querier';
import type { ContractCase } from '../contract-case.js';
import { callArgs, operationCalls } from '../operation-calls.js';
import { refusal } from '../refusal.js';
import { steady } from '../steady.js';
import type { StandardOperation } from '../contract-repository.js';

/** What each reading operation tells of a row, as true or false. */
const reads = {
  get: (data: unknown) => !(data instanceof Error),
  find: (data: unknown) => data !== null,
  loadMany: (data: unknown) => (data as readonly unknown[])[0] !== null,
  search: (data: unknown) => (data as { readonly items: readonly unknown[] }).items.length === 1,
  count: (data: unknown) => data === 1,
};

const readOf = (operation: keyof typeof reads): ContractCase => ({
  title: `${operation} leaves deleted rows out, unless it is told to include them`,
  needs: ['delete', operation],
  async run(world) {
    const { mine, repository, contract } = world;
    const args = await callArgs(world, operation);
    const call = (options?: object): Promise<unknown> =>
      operationCalls[operation](repository, options === undefined ? args : { ...args, options }).catch(
        (error: unknown) => {
          if (error instanceof contract.notFound) return error;
          throw error;
        },
      );
    await repository.delete(mine.scope, args.id);

    assert.equal(reads[operation](await call()), false, 'it is there');
    assert.equal(reads[operation](await call({ includeDeleted: false })), false, 'it is there');
    assert.equal(reads[operation](await call({ includeDeleted: true })), true, 'it is not there');
  },
});

const refusesDeleted = (operation: StandardOperation): ContractCase => ({
  title: `${operation} does not see deleted rows`,
  needs: ['delete', operation],
  async run(world) {
    const { mine, repository, contract } = world;
    const args = await callArgs(world, operation);
    await repository.delete(mine.scope, args.id);
    const before = await world.stored();

    const error = await refusal(() => operationCalls[operation](repository, args), 'a deleted row');

    assert.equal(error instanceof contract.notFound, true, `it was refused with ${String(error)}`);
    assert.deepEqual(await world.stored(), before);
  },
});

export const deletionCases: readonly ContractCase[] = [
  ...(Object.keys(reads) as (keyof typeof reads)[]).map(readOf),
  ...(['update', 'delete'] as const).map(refusesDeleted),
  {
    title: 'delete hides the row and keeps it',
    needs: ['delete'],
    async run(world) {
      const { mine, repository, contract } = world;
      const [row, other] = await world.rows(mine, 2);
      const { length } = await world.stored();

      const deleted = await repository.delete(mine.scope, contract.idOf(row!));

      assert.deepEqual(contract.idOf(deleted), contract.idOf(row!));
      assert.equal(await world.seen(mine, contract.idOf(row!)), null);
      assert.deepEqual(await world.seen(mine, contract.idOf(other!)), other);
      assert.equal((await world.stored()).length, length, 'it is gone');
    },
  },
  {
    title: 'restore brings a deleted row back, and finds none where none is deleted',
    needs: ['delete', 'restore'],
    async run(world) {
      const { mine, repository, contract } = world;
      const row = await world.row(mine);
      const id = contract.idOf(row);
      const live = await refusal(() => repository.restore(mine.scope, id), 'a row that is not deleted');
      assert.equal(live instanceof contract.notFound, true, `it was refused with ${String(live)}`);
      await repository.delete(mine.scope, id);

      const restored = await repository.restore(mine.scope, id);

      assert.deepEqual(steady(world, restored), steady(world, row), 'it is not as it was');
      assert.deepEqual(await world.seen(mine, id), restored);
    },
  },
  {
    title: 'purge removes the row for good and returns its last data',
    needs: ['purge'],
    async run(world) {
      const { mine, repository, contract } = world;
      const [row, other] = await world.rows(mine, 2);
      const { length } = await world.stored();

      assert.deepEqual(await repository.purge(mine.scope, contract.idOf(row!)), row);

      assert.equal((await world.stored()).length, length - 1);
      assert.deepEqual(await world.seen(mine, contract.idOf(other!)), other);
      const error = await refusal(() => repository.purge(mine.scope, contract.idOf(row!)), 'what is gone');
      assert.equal(error instanceof contract.notFound, true, `it was refused with ${String(error)}`);
    },
  },
  {
    title: 'purge removes a deleted row, too',
    needs: ['delete', 'purge'],
    async run(world) {
      const { mine, repository, contract } = world;
      const id = contract.idOf(await world.row(mine));
      const { length } = await world.stored();
      const deleted = await repository.delete(mine.scope, id);

      assert.deepEqual(await repository.purge(mine.scope, id), deleted);
      assert.equal((await world.stored()).length, length - 1);
    },
  },
  {
    title: 'search counts deleted rows only where it shows them',
    needs: ['delete', 'search'],
    async run(world) {
      const { mine, repository, contract } = world;
      const [row] = await world.rows(mine, 3);
      await repository.delete(mine.scope, contract.idOf(row!));
      const querier = batchQuerier<object>({ pagination: { first: 10 }, total: 'exact' });

      assert.deepEqual((await repository.search(mine.scope, querier)).total, { value: 2, exact: true });
      const all = await repository.search(mine.scope, querier, { includeDeleted: true });
      assert.deepEqual(all.total, { value: 3, exact: true });
    },
  },
];
