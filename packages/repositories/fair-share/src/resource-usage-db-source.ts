import { type Executor, type ReadOptions, type WriteOptions } from '@holdfast/base';
import { type ResourceSlot, resourceSlot, scalingGroupName, type ScalingGroupName } from '@holdfast/domain-types';
import type { BatchQuerier, Page, Scope } from '@holdfast/querier';
import { DbSource } from '@holdfast/standard-repository';
import { aggregatedUsage } from './aggregated-usage.js';
import { calculateFairShares, type FairShareCalculation } from './calculate-fair-shares.js';
import type { CalculatedShare } from './calculated-share.js';
import { type CalendarDay, checkDay } from './calculator/calendar-day.js';
import { fairShareSpec } from './calculator/fair-share-spec.js';
import { checkedObservation, checkMoment } from './checked-observation.js';
import { fairShareIdOf, type FairShareKey } from './fair-share-key.js';
import { resourceUsageDbSourceResilience } from './fair-share-resilience.js';
import type { Observation, ObservationResult } from './observation.js';
import { recordObservation } from './record-observation.js';
import type { UsageBucketInfo } from './usage-bucket-info.js';
import { usageBuckets } from './usage-bucket-operations.js';
import type { UsageBucketRow } from './usage-bucket-row.js';

/** All SQL on what was used. */
export class ResourceUsageDbSource extends DbSource<object> {
  constructor(executor: Executor) {
    super(executor, {});
  }

  @resourceUsageDbSourceResilience.apply()
  async recordObservation(observation: Observation, options?: WriteOptions): Promise<ObservationResult> {
    return this.executor.execute(recordObservation(checkedObservation(observation)), options);
  }

  @resourceUsageDbSourceResilience.apply()
  async calculateFairShares(
    name: ScalingGroupName,
    { spec, capacity, calculatedAt }: FairShareCalculation,
    options?: WriteOptions,
  ): Promise<readonly CalculatedShare[]> {
    const checked = {
      spec: fairShareSpec(spec),
      capacity: resourceSlot(capacity, '/capacity'),
      calculatedAt: checkMoment(calculatedAt, '/calculatedAt'),
    };
    return this.executor.execute(calculateFairShares(scalingGroupName(name, '/resourceGroupName'), checked), options);
  }

  @resourceUsageDbSourceResilience.apply()
  searchUsageBuckets(
    scope: Scope<UsageBucketRow>,
    querier: BatchQuerier<UsageBucketRow>,
    options?: ReadOptions,
  ): Promise<Page<UsageBucketInfo>> {
    return this.executor.execute(usageBuckets.search(scope, querier, options), options);
  }

  @resourceUsageDbSourceResilience.apply()
  async getAggregatedUsage(
    scope: Scope<UsageBucketRow>,
    key: FairShareKey,
    from: CalendarDay,
    to: CalendarDay,
    options?: ReadOptions,
  ): Promise<ResourceSlot> {
    const spec = aggregatedUsage(scope, fairShareIdOf(key), checkDay(from, '/from'), checkDay(to, '/to'));
    return this.executor.execute(spec, options);
  }
}
