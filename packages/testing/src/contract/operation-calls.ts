import type { WriteOptions } from '@holdfast/base';
import { batchQuerier, type Scope } from '@holdfast/querier';
import type { ContractWorld } from './contract-world.js';
import type { AnyContract, ContractTenant } from './repository-contract.js';
import type { StandardOperation } from './contract-repository.js';

/** What a call is about. */
export interface CallArgs {
  readonly scope: Scope<object>;
  /** The row that it reads or changes. */
  readonly id: unknown;
  /** What it creates. */
  readonly spec: object;
  readonly contract: AnyContract;
  readonly options?: WriteOptions;
}

type Call = (repository: ContractWorld['repository'], args: CallArgs) => Promise<unknown>;

const limit = 100;

/** A valid call of each operation. */
export const operationCalls: Readonly<Record<StandardOperation, Call>> = {
  create: (repository, { scope, spec, options }) => repository.create(scope, spec, options),
  bulkCreate: (repository, { scope, spec, options }) => repository.bulkCreate(scope, [spec], options),
  bulkCreatePartial: (repository, { scope, spec, options }) => repository.bulkCreatePartial(scope, [spec], options),
  get: (repository, { scope, id, options }) => repository.get(scope, id, options),
  find: (repository, { scope, id, options }) => repository.find(scope, id, options),
  loadMany: (repository, { scope, id, options }) => repository.loadMany(scope, [id], options),
  search: (repository, { scope, id, contract, options }) => {
    const conditions = [contract.byIds([id])];
    const querier = batchQuerier({ conditions, pagination: { limit, offset: 0 }, total: 'exact' });
    return repository.search(scope, querier, options);
  },
  count: (repository, { scope, id, contract, options }) => repository.count(scope, contract.byIds([id]), options),
  update: (repository, { scope, id, contract, options }) =>
    repository.update(scope, id, contract.change.change, options),
  upsert: (repository, { scope, spec, options }) => repository.upsert(scope, spec, options),
  bulkUpsert: (repository, { scope, spec, options }) => repository.bulkUpsert(scope, [spec], options),
  delete: (repository, { scope, id, options }) => repository.delete(scope, id, options),
  restore: (repository, { scope, id, options }) => repository.restore(scope, id, options),
  purge: (repository, { scope, id, options }) => repository.purge(scope, id, options),
  batchUpdate: (repository, { scope, id, contract, options }) =>
    repository.batchUpdate(scope, [id], contract.change.change, options),
  batchDelete: (repository, { scope, id, options }) => repository.batchDelete(scope, [id], options),
  batchPurge: (repository, { scope, id, options }) => repository.batchPurge(scope, [id], options),
};

/** All operations, in the order in which they are told of. */
export const standardOperations = Object.keys(operationCalls) as readonly StandardOperation[];

/** The operations that change what is stored. */
export const writes: readonly StandardOperation[] = standardOperations.filter(
  (operation) => !['get', 'find', 'loadMany', 'search', 'count'].includes(operation),
);

/** The operations that make rows of specs. */
export const creations: readonly StandardOperation[] = [
  'create',
  'bulkCreate',
  'bulkCreatePartial',
  'upsert',
  'bulkUpsert',
];

/** A row of a tenant that the operation can act on, and all else that a call of it needs. */
export async function callArgs(
  world: ContractWorld,
  operation: StandardOperation,
  tenant: ContractTenant<object, object> = world.mine,
): Promise<CallArgs> {
  const { contract } = world;
  const id = contract.idOf(await world.row(tenant));
  if (operation === 'restore') await world.repository.delete(tenant.scope, id);
  return { scope: tenant.scope, id, spec: world.specs(tenant, 1)[0], contract };
}
