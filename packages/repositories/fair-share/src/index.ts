export { FairShareRepositories } from './repositories.js';
export { FairShareRepository } from './fair-share-repository.js';
export { ResourceUsageRepository } from './resource-usage-repository.js';
export { FairShareConditions } from './fair-share-conditions.js';
export { FairShareOrders } from './fair-share-orders.js';
export { fairShareFields } from './fair-share-fields.js';
export {
  domainFairShareSearchScope,
  projectFairShareSearchScope,
  userFairShareSearchScope,
} from './fair-share-scopes.js';
export { domainUsageScope, projectUsageScope, userUsageScope } from './usage-scopes.js';
export { fairShareId } from './fair-share-id.js';
export { fairShareIdOf } from './fair-share-key.js';
export { FAIR_SHARE_LEVELS } from './fair-share-level.js';
export { FairShareNotFound } from './fair-share-not-found.js';
export { FairShareAlreadyExists } from './fair-share-already-exists.js';

// The calculator: pure, without a database.
export { fairShareSpec } from './calculator/fair-share-spec.js';
export { fairShareWeight } from './calculator/fair-share-weight.js';
export { fairShareCalculator } from './calculator/fair-share-calculator.js';
export { schedulingRanks, bySchedulingFactors } from './calculator/scheduling-ranks.js';
export { usageSlices, SLICE_DURATION_SECONDS } from './calculator/usage-slices.js';

export type { FairShareRepositoryArgs } from './repositories.js';
export type { FairShareId } from './fair-share-id.js';
export type { FairShareKey, FullFairShareKey } from './fair-share-key.js';
export type { FairShareLevel } from './fair-share-level.js';
export type { FairShareInfo } from './fair-share-info.js';
export type { FairShareCreationSpec } from './fair-share-creation-spec.js';
export type { FairShareUpdate } from './fair-share-update.js';
export type { EffectiveFairShare, FairShareDefaults } from './effective-fair-share.js';
export type {
  DomainFairShareSearchScope,
  ProjectFairShareSearchScope,
  UserFairShareSearchScope,
  ResourceGroupOption,
} from './fair-share-scopes.js';
export type { Observation, ObservationResult, ObservedKernel } from './observation.js';
export type { FairShareCalculation } from './calculate-fair-shares.js';
export type { CalculatedShare } from './calculated-share.js';
export type { UsageBucketInfo } from './usage-bucket-info.js';
export type { FairShareSpec, FairShareSpecValues } from './calculator/fair-share-spec.js';
export type { FairShareContext, FairShareInput, FairShareResult } from './calculator/fair-share-calculator.js';
export type { DailyUsage } from './calculator/decayed-usage.js';
export type { EffectiveResourceWeights } from './calculator/effective-resource-weights.js';
export type { SchedulingFactors } from './calculator/scheduling-ranks.js';
export type { KernelRun, UsageSlice } from './calculator/usage-slices.js';
export type { CalendarDay } from './calculator/calendar-day.js';

// For those who compose the parts themselves, or write conditions on rows.
export { FairShareDbSource } from './fair-share-db-source.js';
export { ResourceUsageDbSource } from './resource-usage-db-source.js';
export {
  fairShareRepositoryResilience,
  fairShareDbSourceResilience,
  resourceUsageRepositoryResilience,
  resourceUsageDbSourceResilience,
} from './fair-share-resilience.js';
export { FairShareRow } from './fair-share-row.js';
export { UsageBucketRow } from './usage-bucket-row.js';
export { KernelUsageRow } from './kernel-usage-row.js';
