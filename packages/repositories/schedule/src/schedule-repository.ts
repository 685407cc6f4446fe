import type { ScalingGroupName } from '@holdfast/domain-types';
import type { CallOptions } from '@holdfast/operation';
import { type Resilience, useResilience } from '@holdfast/resilience';
import type { ScheduleDbSource } from './schedule-db-source.js';
import { scheduleRepositoryResilience } from './schedule-resilience.js';
import type { SchedulingData } from './scheduling-data.js';

export interface ScheduleRepositoryArgs {
  readonly dbSource: ScheduleDbSource;
  /** Replaces the default, `metrics(retry(call))`, for this instance. */
  readonly resilience?: Resilience;
}

/** What a scheduler needs to know. */
export class ScheduleRepository {
  readonly #dbSource: ScheduleDbSource;

  constructor({ dbSource, resilience }: ScheduleRepositoryArgs) {
    this.#dbSource = dbSource;
    if (resilience !== undefined) useResilience(this, resilience);
  }

  /**
   * The pending sessions of a scaling group that may start now, and its agents with what is left of them, as of one
   * moment. A scaling group that nobody knows has neither.
   *
   * **A system operation: it takes no scope and reads across all tenants.** It is for schedulers; what it returns must
   * not reach a tenant.
   */
  @scheduleRepositoryResilience.apply()
  getSchedulingData(scalingGroupName: ScalingGroupName, options?: CallOptions): Promise<SchedulingData> {
    return this.#dbSource.getSchedulingData(scalingGroupName, options);
  }
}
