import assert from 'node:assert/strict';
import { RowDeleted } from '@holdfast/base';
import { OutsideScope } from '@holdfast/querier';
import type { ContractCase } from '../contract-case.js';
import type { ContractWorld } from '../contract-world.js';
import { refusal } from '../refusal.js';

/** What an upsert makes of row number `n` of mine, and what of the data shows that it did. */
function upserting({ contract, mine }: ContractWorld, n: number): { readonly spec: object; readonly seen: object } {
  const { upserting } = contract;
  return upserting === undefined ? { spec: mine.spec(n), seen: {} } : { spec: upserting.spec(n), seen: upserting.seen };
}

async function shows(world: ContractWorld, id: unknown, seen: object): Promise<object> {
  const row = await world.seen(world.mine, id);
  if (row === null) assert.fail('the row is not there');
  const shown = Object.fromEntries(Object.keys(seen).map((property) => [property, Reflect.get(row, property)]));
  assert.deepEqual(shown, seen, 'the row was left as it was');
  return row;
}

export const upsertCases: readonly ContractCase[] = [
  {
    title: 'upsert creates a row that is not there, and says so',
    needs: ['upsert'],
    async run(world) {
      const { mine, repository, contract } = world;
      const [spec] = world.specs(mine, 1);

      const { data, inserted } = await repository.upsert(mine.scope, spec);

      assert.equal(inserted, true);
      assert.deepEqual(contract.mark(data), contract.mark(spec));
      assert.deepEqual(await world.seen(mine, contract.idOf(data)), data);
    },
  },
  {
    title: 'upsert changes the row that is there, and says so',
    needs: ['upsert'],
    async run(world) {
      const { mine, repository, contract } = world;
      const { n, row } = await world.numbered(mine);
      const { length } = await world.stored();
      const { spec, seen } = upserting(world, n);

      const { data, inserted } = await repository.upsert(mine.scope, spec);

      assert.equal(inserted, false);
      assert.deepEqual(contract.idOf(data), contract.idOf(row));
      assert.deepEqual(await shows(world, contract.idOf(row), seen), data);
      assert.equal((await world.stored()).length, length);
    },
  },
  {
    title: 'upsert refuses a row that is deleted, and leaves it deleted',
    needs: ['upsert', 'delete'],
    async run(world) {
      const { mine, repository, contract } = world;
      const { n, row } = await world.numbered(mine);
      await repository.delete(mine.scope, contract.idOf(row));
      const before = await world.stored();

      const error = await refusal(() => repository.upsert(mine.scope, upserting(world, n).spec), 'a deleted row');

      assert.equal(error instanceof RowDeleted, true, `it was refused with ${String(error)}`);
      assert.deepEqual(await world.stored(), before);
    },
  },
  {
    title: 'bulkUpsert creates and changes, and counts both',
    needs: ['bulkUpsert'],
    async run(world) {
      const { mine, repository, contract } = world;
      const { n, row } = await world.numbered(mine);
      const { length } = await world.stored();
      const { spec, seen } = upserting(world, n);

      const result = await repository.bulkUpsert(mine.scope, [...world.specs(mine, 2), spec]);

      assert.deepEqual(result, { inserted: 2, updated: 1 });
      await shows(world, contract.idOf(row), seen);
      assert.equal((await world.stored()).length, length + 2);
    },
  },
  {
    title: 'bulkUpsert does nothing if one of its rows is deleted',
    needs: ['bulkUpsert', 'delete'],
    async run(world) {
      const { mine, repository, contract } = world;
      const { n, row } = await world.numbered(mine);
      await repository.delete(mine.scope, contract.idOf(row));
      const before = await world.stored();

      const specs = [...world.specs(mine, 1), upserting(world, n).spec];
      const error = await refusal(() => repository.bulkUpsert(mine.scope, specs), 'a deleted row');

      assert.equal(error instanceof RowDeleted, true, `it was refused with ${String(error)}`);
      assert.deepEqual(await world.stored(), before);
    },
  },
  ...(['upsert', 'bulkUpsert'] as const).map((operation): ContractCase => ({
    title: `${operation} neither makes nor changes a row of another tenant`,
    needs: [operation],
    async run(world) {
      const { mine, theirs, repository, contract } = world;
      const { n, row } = await world.numbered(theirs);
      const spec = theirs.spec(n);

      const outcome = await (
        operation === 'upsert' ? repository.upsert(mine.scope, spec) : repository.bulkUpsert(mine.scope, [spec])
      ).catch((error: unknown) => error);

      if (outcome instanceof Error) {
        const isRefused =
          outcome instanceof OutsideScope || outcome instanceof (contract.alreadyExists ?? OutsideScope);
        assert.equal(isRefused, true, `it was refused with ${String(outcome)}`);
      }
      assert.deepEqual(await world.seen(theirs, contract.idOf(row)), row, 'a foreign row was changed');
    },
  })),
];
