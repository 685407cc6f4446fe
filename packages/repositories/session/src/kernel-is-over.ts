import type { KernelId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/** A kernel that is terminated or cancelled occupies nothing. Status 409, code `kernel_update_gone`. */
export class KernelIsOver extends HoldfastError {
  readonly kernelId: KernelId;

  constructor(kernelId: KernelId) {
    super({
      code: errorCode('kernel', 'update', 'gone'),
      message: `Kernel ${kernelId} is over and occupies nothing.`,
      httpStatus: 409,
    });
    this.kernelId = kernelId;
  }
}
