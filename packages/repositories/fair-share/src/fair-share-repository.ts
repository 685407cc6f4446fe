import type { ReadOptions } from '@holdfast/base';
import type { Scope } from '@holdfast/querier';
import { type StatementsOf, upsertingRepository } from '@holdfast/standard-repository';
import type { EffectiveFairShare, FairShareDefaults } from './effective-fair-share.js';
import { FairShareDbSource } from './fair-share-db-source.js';
import type { FairShareKey } from './fair-share-key.js';
import { fairShareRepositoryResilience } from './fair-share-resilience.js';
import type { FairShareRow } from './fair-share-row.js';

/**
 * Fair shares of domains, projects and users: their weights, which callers set, and their factors and ranks, which
 * `ResourceUsageRepository.calculateFairShares` sets. Whoever has no record has the defaults of the resource group.
 * `upsert` sets weights. While a record is deleted its weights count no longer, and its factor is calculated on.
 */
export class FairShareRepository extends upsertingRepository(fairShareRepositoryResilience, FairShareDbSource) {
  static readonly statements: StatementsOf<FairShareRepository> = { getEffective: () => 1, listEffective: () => 1 };

  /** What holds of one domain, project or user, by its record or by default. One outside of the scope has the defaults. */
  @fairShareRepositoryResilience.apply()
  async getEffective(
    scope: Scope<FairShareRow>,
    key: FairShareKey,
    defaults: FairShareDefaults,
    options?: ReadOptions,
  ): Promise<EffectiveFairShare> {
    return (await this.dbSource.listEffective(scope, [key], defaults, options))[0]!;
  }

  /**
   * The same for many, in the order given: for a page of domains, of groups or of users, whose repositories know which
   * there are, filter, order and count them.
   */
  @fairShareRepositoryResilience.apply()
  listEffective(
    scope: Scope<FairShareRow>,
    keys: readonly FairShareKey[],
    defaults: FairShareDefaults,
    options?: ReadOptions,
  ): Promise<readonly EffectiveFairShare[]> {
    return this.dbSource.listEffective(scope, keys, defaults, options);
  }
}
