import type { ReadOptions, WriteOptions } from '@holdfast/base';
import type { ResourceSlot, ScalingGroupName } from '@holdfast/domain-types';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { Repository, type StatementsOf } from '@holdfast/standard-repository';
import type { FairShareCalculation } from './calculate-fair-shares.js';
import type { CalculatedShare } from './calculated-share.js';
import type { CalendarDay } from './calculator/calendar-day.js';
import type { FairShareKey } from './fair-share-key.js';
import { resourceUsageRepositoryResilience } from './fair-share-resilience.js';
import type { Observation, ObservationResult } from './observation.js';
import { piecesOf } from './pieces.js';
import type { ResourceUsageDbSource } from './resource-usage-db-source.js';
import type { UsageBucketInfo } from './usage-bucket-info.js';
import type { UsageBucketRow } from './usage-bucket-row.js';

/** What was used of resource groups, by whom and on which day, and the fair shares that follow from it. */
export class ResourceUsageRepository extends Repository<ResourceUsageDbSource> {
  /** Rows are slices, each of a day of its own, of observations, and shares, of calculations. */
  static readonly statements: StatementsOf<ResourceUsageRepository> = {
    recordObservation: ({ rows }) => 1 + piecesOf(rows) + piecesOf(3 * rows),
    calculateFairShares: ({ rows }) => 2 + piecesOf(rows),
    searchUsageBuckets: () => 1,
    getAggregatedUsage: () => 1,
  };

  /**
   * Records what kernels used since they were observed last, slice by slice, and adds it to the days of their users,
   * projects and domains, in one transaction. A slice is recorded once: who observes the same again, also at the same
   * time, changes nothing.
   *
   * **A system operation: it takes no scope and writes for all tenants.** It is for whoever runs the kernels.
   */
  @resourceUsageRepositoryResilience.apply()
  recordObservation(observation: Observation, options?: WriteOptions): Promise<ObservationResult> {
    return this.dbSource.recordObservation(observation, options);
  }

  /**
   * Calculates the fair shares of all who used something of a resource group, or have a record, and the ranks of users,
   * and stores them in one transaction. What a later calculation stored stays.
   *
   * **A system operation: it takes no scope, and reads and writes across all tenants.** It is for schedulers.
   */
  @resourceUsageRepositoryResilience.apply()
  calculateFairShares(
    resourceGroupName: ScalingGroupName,
    calculation: FairShareCalculation,
    options?: WriteOptions,
  ): Promise<readonly CalculatedShare[]> {
    return this.dbSource.calculateFairShares(resourceGroupName, calculation, options);
  }

  /** One page of what was used by day and slot. */
  @resourceUsageRepositoryResilience.apply()
  searchUsageBuckets(
    scope: Scope<UsageBucketRow>,
    querier: BatchQuerier<UsageBucketRow>,
    options?: ReadOptions,
  ): Promise<Page<UsageBucketInfo>> {
    return this.dbSource.searchUsageBuckets(scope, querier, options);
  }

  /** What one domain, project or user used from one day to another, both counted: nothing, where that is nothing or outside of the scope. */
  @resourceUsageRepositoryResilience.apply()
  getAggregatedUsage(
    scope: Scope<UsageBucketRow>,
    key: FairShareKey,
    from: CalendarDay,
    to: CalendarDay,
    options?: ReadOptions,
  ): Promise<ResourceSlot> {
    return this.dbSource.getAggregatedUsage(scope, key, from, to, options);
  }
}
