import type { KernelId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';
import type { SessionStatus } from './session-status.js';

/** A kernel cannot go from the status that it is in to the one that was asked for. Status 409, code `kernel_update_conflict`. */
export class KernelStatusConflict extends HoldfastError {
  readonly kernelId: KernelId;
  readonly from: SessionStatus;
  readonly to: SessionStatus;

  constructor(kernelId: KernelId, from: SessionStatus, to: SessionStatus) {
    super({
      code: errorCode('kernel', 'update', 'conflict'),
      message: `Kernel ${kernelId} is ${from} and cannot become ${to}.`,
      httpStatus: 409,
    });
    this.kernelId = kernelId;
    this.from = from;
    this.to = to;
  }
}
