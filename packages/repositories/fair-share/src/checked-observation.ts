import { checkObject } from '@holdfast/base';
import { domainName, kernelId, projectId, resourceSlot, scalingGroupName, userId } from '@holdfast/domain-types';
import { InvalidInput } from '@holdfast/errors';
import type { Observation, ObservedKernel } from './observation.js';

/** Checks what was seen, and brings it into one order for all callers. Throws `InvalidInput`, pointing at what is wrong. */
export function checkedObservation({ observedAt, kernels }: Observation): Observation {
  if (!Array.isArray(kernels)) throw new InvalidInput('INVALID_VALUE', 'A list of kernels is needed here.', '/kernels');
  const given: readonly ObservedKernel[] = kernels;
  const checked = Array.from(given, (kernel, index) => checkedKernel(kernel, `/kernels/${index}`));
  return {
    observedAt: checkMoment(observedAt, '/observedAt'),
    kernels: checked.sort((a, b) => (a.kernelId < b.kernelId ? -1 : 1)),
  };
}

/** Throws `InvalidInput` for what is no moment. */
export function checkMoment(moment: Date, pointer: string): Date {
  if (moment instanceof Date && !Number.isNaN(moment.getTime())) return moment;
  throw new InvalidInput('INVALID_VALUE', 'A valid Date is needed here.', pointer);
}

function checkedKernel(kernel: ObservedKernel, at: string): ObservedKernel {
  checkObject(kernel, at);
  const startedAt = checkMoment(kernel.startedAt, `${at}/startedAt`);
  const terminatedAt = kernel.terminatedAt === null ? null : checkMoment(kernel.terminatedAt, `${at}/terminatedAt`);
  if (terminatedAt !== null && terminatedAt < startedAt) {
    throw new InvalidInput('INVALID_VALUE', 'A kernel does not end before it begins.', `${at}/terminatedAt`);
  }
  return {
    kernelId: kernelId(kernel.kernelId, `${at}/kernelId`),
    resourceGroupName: scalingGroupName(kernel.resourceGroupName, `${at}/resourceGroupName`),
    domainName: domainName(kernel.domainName, `${at}/domainName`),
    projectId: projectId(kernel.projectId, `${at}/projectId`),
    userUuid: userId(kernel.userUuid, `${at}/userUuid`),
    occupiedSlots: resourceSlot(kernel.occupiedSlots, `${at}/occupiedSlots`),
    startedAt,
    terminatedAt,
  };
}
