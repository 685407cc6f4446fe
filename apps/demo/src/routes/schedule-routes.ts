import { scalingGroupName } from '@holdfast/domain-types';
import type { FastifyInstance } from 'fastify';
import { noParameters } from '../http/no-parameters.js';
import { principalOf } from '../http/principal-of.js';
import type { ScheduleService } from '../services/schedule-service.js';

interface ByScalingGroup {
  readonly Params: { readonly scalingGroup: string };
}

/** `/schedule/:scalingGroup`: what waits in a scaling group and what could take it, for the superadmin. */
export function scheduleRoutes(server: FastifyInstance, schedule: ScheduleService): void {
  server.get<ByScalingGroup>('/schedule/:scalingGroup', { onRequest: noParameters }, (request) =>
    schedule.getSchedulingData(principalOf(request), scalingGroupName(request.params.scalingGroup, 'scalingGroup')),
  );
}
