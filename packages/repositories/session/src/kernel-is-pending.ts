import type { KernelId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/** A kernel that waits uses nothing. Status 409, code `kernel_update_conflict`. */
export class KernelIsPending extends HoldfastError {
  readonly kernelId: KernelId;

  constructor(kernelId: KernelId) {
    super({
      code: errorCode('kernel', 'update', 'conflict'),
      message: `Kernel ${kernelId} waits and occupies nothing.`,
      httpStatus: 409,
    });
    this.kernelId = kernelId;
  }
}
