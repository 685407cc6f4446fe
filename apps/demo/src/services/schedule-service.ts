import type { ScalingGroupName } from '@holdfast/domain-types';
import type { ScheduleRepository, SchedulingData } from '@holdfast/schedule-repository';
import { Forbidden } from '../http/request-refused.js';
import type { Principal } from '../tenants/principal.js';

/** What a scheduler reads. It spans tenants, so that only the superadmin may. */
export class ScheduleService {
  readonly #repository: ScheduleRepository;

  constructor(repository: ScheduleRepository) {
    this.#repository = repository;
  }

  async getSchedulingData(principal: Principal, scalingGroup: ScalingGroupName): Promise<SchedulingData> {
    if (principal.role !== 'superadmin') throw new Forbidden('Only the superadmin reads scheduling data.');
    return this.#repository.getSchedulingData(scalingGroup);
  }
}
