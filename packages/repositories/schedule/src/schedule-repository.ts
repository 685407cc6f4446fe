import type { DbReadSession, DbWriteSession } from '@holdfast/base';
import type { ScalingGroupName } from '@holdfast/domain-types';
import type { CallOptions } from '@holdfast/operation';
import { Repository, type StatementsOf } from '@holdfast/standard-repository';
import type { ScheduleDbSource } from './schedule-db-source.js';
import { scheduleRepositoryResilience } from './schedule-resilience.js';
import type { SchedulingData } from './scheduling-data.js';

/** What a scheduler needs to know. */
export class ScheduleRepository extends Repository<ScheduleDbSource> {
  /** Within a dbSession, the one more asks whether row-level security hides anything. */
  static readonly statements: StatementsOf<ScheduleRepository> = { getSchedulingData: () => 4 };

  /**
   * The same repository inside a running unit of work. It sees what the dbSession sees: all of one moment only where that
   * is a snapshot (`snapshot`, or `repeatable read`), and all tenants' rows only with `rowScope: unscoped(reason)`; it is
   * refused (Misuse) where row-level security hides some.
   */
  override within(dbSession: DbReadSession | DbWriteSession): this {
    return super.within(dbSession);
  }

  /**
   * The pending sessions of a scaling group that may start now, those that wait in vain for others, and its agents with
   * what is left of them, as of one moment. A session may start when its time has come and all that it waits for has
   * terminated with success. A scaling group that nobody knows has none of them.
   *
   * **A system operation: it takes no scope and reads across all tenants.** It is for schedulers; what it returns must
   * not reach a tenant.
   */
  @scheduleRepositoryResilience.apply()
  getSchedulingData(scalingGroupName: ScalingGroupName, options?: CallOptions): Promise<SchedulingData> {
    return this.dbSource.getSchedulingData(scalingGroupName, options);
  }
}
