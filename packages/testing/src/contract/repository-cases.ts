import { Misuse } from '@holdfast/errors';
import { batchCases } from './cases/batch-cases.js';
import { bulkCreateCases } from './cases/bulk-create-cases.js';
import { createCases } from './cases/create-cases.js';
import { deletionCases } from './cases/deletion-cases.js';
import { errorCases } from './cases/error-cases.js';
import { frozenCases } from './cases/frozen-cases.js';
import { lockCases } from './cases/lock-cases.js';
import { offerCases } from './cases/offer-cases.js';
import { optionCases } from './cases/option-cases.js';
import { partialCases } from './cases/partial-cases.js';
import { readCases } from './cases/read-cases.js';
import { scopeCases } from './cases/scope-cases.js';
import { searchCases } from './cases/search-cases.js';
import { statementCases } from './cases/statement-cases.js';
import { updateCases } from './cases/update-cases.js';
import { upsertCases } from './cases/upsert-cases.js';
import { versionCases } from './cases/version-cases.js';
import { withinCases } from './cases/within-cases.js';
import type { ContractCase } from './contract-case.js';
import { ContractWorld } from './contract-world.js';
import type { AnyContract, RepositoryContract } from './repository-contract.js';

/** One case of the contract, for a runner to run. */
export interface RepositoryCase {
  /** A sentence of behaviour. */
  readonly title: string;
  /** Rejects with an AssertionError if the repository does not keep to it. */
  readonly run: () => Promise<void>;
}

/** All cases of one repository, and the end of what they share. */
export interface RepositoryCases {
  readonly cases: readonly RepositoryCase[];
  /** Drops the database that the first case made. */
  readonly close: () => Promise<void>;
}

const all: readonly ContractCase[] = [
  ...offerCases,
  ...createCases,
  ...bulkCreateCases,
  ...partialCases,
  ...readCases,
  ...searchCases,
  ...updateCases,
  ...versionCases,
  ...upsertCases,
  ...deletionCases,
  ...batchCases,
  ...scopeCases,
  ...frozenCases,
  ...errorCases,
  ...withinCases,
  ...lockCases,
  ...optionCases,
  ...statementCases,
];

/**
 * The contract of the standard operations as a list of cases, for runners that `describeRepository` does not know. They
 * share a database: run them one after the other, and `close` when all have ended.
 */
export function repositoryCases<Row extends object, Data extends object, Id, Create, Change>(
  contract: RepositoryContract<Row, Data, Id, Create, Change>,
): RepositoryCases {
  const any = contract as unknown as AnyContract;
  const { leavesOut = [] } = contract;
  if (leavesOut.includes('create') && leavesOut.includes('bulkCreate')) {
    throw new Misuse('The cases make their rows by create or bulkCreate: a repository has one of them.');
  }
  let world: Promise<ContractWorld> | null = null;
  const cases = all
    .filter(({ needs, applies }) => !needs.some((name) => leavesOut.includes(name)) && (applies?.(any) ?? true))
    .map(({ title, run }) => ({
      title,
      async run() {
        world ??= ContractWorld.open(any);
        const opened = await world;
        await opened.empty();
        await run(opened);
      },
    }));
  return {
    cases,
    async close() {
      // What could not be opened has failed every case.
      const opened = await world?.catch(() => null);
      await opened?.close();
    },
  };
}
