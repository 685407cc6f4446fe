import type { ContractWorld } from './contract-world.js';
import type { AnyContract } from './repository-contract.js';
import type { StandardOperation } from './contract-repository.js';

/** One thing that is asked of a repository. */
export interface ContractCase {
  /** A sentence of behaviour. */
  readonly title: string;
  /** The operations without which it is not asked. */
  readonly needs: readonly StandardOperation[];
  /** What else of the contract it needs. Default: nothing. */
  readonly applies?: (contract: AnyContract) => boolean;
  readonly run: (world: ContractWorld) => Promise<void>;
}
