import assert from 'node:assert/strict';
import { type BatchResult, type BatchTarget, everyRow } from '@holdfast/base';
import { type HoldfastError, InvalidInput } from '@holdfast/errors';
import { where } from '@holdfast/querier';
import type { ContractCase } from '../contract-case.js';
import type { ContractWorld } from '../contract-world.js';
import { refusal } from '../refusal.js';

type Target = BatchTarget<object, unknown>;
type Batch = (world: ContractWorld, target: Target) => Promise<BatchResult>;

const batches = {
  batchUpdate: ({ repository, mine, contract }, target) =>
    repository.batchUpdate(mine.scope, target, contract.change.change),
  batchDelete: ({ repository, mine }, target) => repository.batchDelete(mine.scope, target),
  batchPurge: ({ repository, mine }, target) => repository.batchPurge(mine.scope, target),
} satisfies Readonly<Record<string, Batch>>;

interface Settled {
  readonly ids: readonly unknown[];
  readonly foreign: unknown;
  /** Which of one's own rows are as they were. */
  readonly untouched: () => Promise<readonly boolean[]>;
}

/** Three rows of one's own and one of another. */
async function settle(world: ContractWorld): Promise<Settled> {
  const { mine, theirs, contract } = world;
  const rows = await world.rows(mine, 3);
  const theirRow = await world.row(theirs);
  return {
    ids: rows.map(contract.idOf),
    foreign: contract.idOf(theirRow),
    untouched: async () => {
      assert.deepEqual(await world.seen(theirs, contract.idOf(theirRow)), theirRow, 'a foreign row was touched');
      const now: (object | null)[] = [];
      for (const row of rows) now.push(await world.seen(mine, contract.idOf(row)));
      return rows.map((row, i) => JSON.stringify(now[i]) === JSON.stringify(row));
    },
  };
}

const casesOf = (operation: keyof typeof batches): readonly ContractCase[] => [
  {
    title: `${operation} acts on the ids that are there and in the scope, and counts them`,
    needs: [operation],
    async run(world) {
      const { ids, foreign, untouched } = await settle(world);

      const result = await batches[operation](world, [ids[2], foreign, world.contract.missing, ids[0]]);

      assert.deepEqual(result, { count: 2 });
      assert.deepEqual(await untouched(), [false, true, false]);
    },
  },
  {
    title: `${operation} acts on the rows of the scope that match, and counts them`,
    needs: [operation],
    async run(world) {
      const { ids, foreign, untouched } = await settle(world);

      const result = await batches[operation](world, world.contract.byIds([ids[0], ids[1], foreign]));

      assert.deepEqual(result, { count: 2 });
      assert.deepEqual(await untouched(), [false, false, true]);
    },
  },
  {
    title: `${operation} refuses a condition that every row may meet, unless every row is meant`,
    needs: [operation],
    async run(world) {
      const { untouched } = await settle(world);

      const error = await refusal(() => batches[operation](world, where<object>({})), 'no condition');
      assert.equal((error as HoldfastError).httpStatus, 400, `it was refused with ${String(error)}`);
      assert.deepEqual(await untouched(), [true, true, true]);

      assert.deepEqual(await batches[operation](world, everyRow('a test')), { count: 3 });
      assert.deepEqual(await untouched(), [false, false, false]);
    },
  },
  {
    title: `${operation} acts on nothing for no ids, be they a list or a condition`,
    needs: [operation],
    async run(world) {
      const { untouched } = await settle(world);

      assert.deepEqual(await batches[operation](world, []), { count: 0 });
      // A condition with an empty list in it may be refused: under a `not` it would be met by every row.
      const outcome = await batches[operation](world, world.contract.byIds([])).catch((error: unknown) => error);
      if (!(outcome instanceof InvalidInput)) assert.deepEqual(outcome, { count: 0 });
      assert.deepEqual(await untouched(), [true, true, true]);
    },
  },
];

const deleted = (operation: keyof typeof batches, count: number): ContractCase => ({
  title: `${operation} ${count === 0 ? 'does not see' : 'acts on'} deleted rows`,
  needs: [operation, 'delete'],
  async run(world) {
    const { ids } = await settle(world);
    await world.repository.delete(world.mine.scope, ids[0]);

    assert.deepEqual(await batches[operation](world, [ids[0]]), { count });
  },
});

export const batchCases: readonly ContractCase[] = [
  ...(Object.keys(batches) as (keyof typeof batches)[]).flatMap(casesOf),
  deleted('batchUpdate', 0),
  deleted('batchDelete', 0),
  deleted('batchPurge', 1),
  {
    title: 'batchUpdate refuses a change of nothing, and of what is not there to be changed',
    needs: ['batchUpdate'],
    async run(world) {
      const { mine, repository, contract } = world;
      const { ids, untouched } = await settle(world);

      for (const change of [{}, { ...contract.change.change, 'no such property': 1 }]) {
        const error = await refusal(() => repository.batchUpdate(mine.scope, ids, change), JSON.stringify(change));
        assert.equal((error as HoldfastError).httpStatus, 400, `it was refused with ${String(error)}`);
      }
      assert.deepEqual(await untouched(), [true, true, true]);
    },
  },
  {
    title: 'batchPurge removes all in batches of the size that it is told, and refuses batches of none',
    needs: ['batchPurge'],
    applies: ({ purgesInBatches = false }) => purgesInBatches,
    async run(world) {
      const { mine, repository, counter } = world;
      const { ids, untouched } = await settle(world);

      const error = await refusal(() => repository.batchPurge(mine.scope, ids, { batchSize: 0 }), 'a batch of none');
      assert.equal((error as HoldfastError).httpStatus, 400, `it was refused with ${String(error)}`);
      assert.deepEqual(await untouched(), [true, true, true]);

      const { statements } = await counter.during(async () => {
        assert.deepEqual(await repository.batchPurge(mine.scope, ids, { batchSize: 2 }), { count: 3 });
      });
      assert.equal(statements.filter((sql) => sql.includes('DELETE FROM')).length, 2, 'it was not done in two batches');
      assert.deepEqual(await untouched(), [false, false, false]);
    },
  },
];
