import type { KernelId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/** A kernel that is terminated or cancelled occupies nothing. Status 409, code `kernel_update_conflict`. */
export class KernelIsOver extends HoldfastError {
  readonly kernelId: KernelId;

  constructor(kernelId: KernelId) {
    super({
      code: errorCode('kernel', 'update', 'conflict'),
      message: `Kernel ${kernelId} is over and occupies nothing.`,
      httpStatus: 409,
    });
    this.kernelId = kernelId;
  }
}
