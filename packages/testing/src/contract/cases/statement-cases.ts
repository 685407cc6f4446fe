import { statementCounts } from '@holdfast/base';
import { batchQuerier } from '@holdfast/querier';
import type { ContractCase } from '../contract-case.js';
import { assertStatements, SIZES } from '../assert-statements.js';
import type { ContractWorld } from '../contract-world.js';
import { callArgs, operationCalls, standardOperations } from '../operation-calls.js';
import type { StandardOperation } from '../contract-repository.js';

type Many = (world: ContractWorld, rows: number) => Promise<() => Promise<unknown>>;

/** Calls of the operations that take any number of rows, with so many, made ready. */
const many: Partial<Readonly<Record<StandardOperation, Many>>> = {
  bulkCreate: async (world, rows) => {
    const specs = world.specs(world.mine, rows);
    return () => world.repository.bulkCreate(world.mine.scope, specs);
  },
  bulkCreatePartial: async (world, rows) => {
    const specs = world.specs(world.mine, rows);
    return () => world.repository.bulkCreatePartial(world.mine.scope, specs);
  },
  bulkUpsert: async (world, rows) => {
    const specs = world.specs(world.mine, rows);
    return () => world.repository.bulkUpsert(world.mine.scope, specs);
  },
  loadMany: onIds((world, ids) => world.repository.loadMany(world.mine.scope, ids)),
  search: onIds((world) => {
    const querier = batchQuerier<object>({ pagination: { noPagination: true }, total: 'exact' });
    return world.repository.search(world.mine.scope, querier);
  }),
  batchUpdate: onIds((world, ids) => world.repository.batchUpdate(world.mine.scope, ids, world.contract.change.change)),
  batchDelete: onIds((world, ids) => world.repository.batchDelete(world.mine.scope, ids)),
  batchPurge: onIds((world, ids) => world.repository.batchPurge(world.mine.scope, ids)),
};

function onIds(call: (world: ContractWorld, ids: readonly unknown[]) => Promise<unknown>): Many {
  return async (world, rows) => {
    const ids = (await world.rows(world.mine, rows)).map(world.contract.idOf);
    return () => call(world, ids);
  };
}

async function single(world: ContractWorld, operation: StandardOperation): Promise<() => Promise<unknown>> {
  const args = await callArgs(world, operation);
  return () => operationCalls[operation](world.repository, args);
}

export const statementCases: readonly ContractCase[] = standardOperations.map((operation) => ({
  title: `${operation} sends no more statements than are declared, however many rows there are`,
  needs: operation === 'restore' ? ['delete', operation] : [operation],
  async run(world) {
    const declared = world.contract.statements?.[operation] ?? statementCounts[operation];
    const prepare = many[operation];
    for (const rows of prepare === undefined ? [1] : SIZES) {
      const call = await (prepare?.(world, rows) ?? single(world, operation));
      await assertStatements(world.counter, call, rows, declared);
    }
  },
}));
