import type { Database } from '@holdfast/base';
import { scalingGroupName, slotsFit } from '@holdfast/domain-types';
import { ScheduleRepositories } from '@holdfast/schedule-repository';

/** The first agent that each waiting session fits on, were it the only one. */
export async function firstFits(database: Database): Promise<ReadonlyMap<string, string | null>> {
  const { repository } = ScheduleRepositories.create({ database });
  const { pendingSessions, agents } = await repository.getSchedulingData(scalingGroupName('default'));
  return new Map(
    pendingSessions.map(({ id, requestedSlots }) => {
      const agent = agents.find(({ freeSlots }) => slotsFit(requestedSlots, freeSlots));
      return [id, agent?.id ?? null];
    }),
  );
}
