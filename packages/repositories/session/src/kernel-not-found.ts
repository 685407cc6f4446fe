import type { KernelId } from '@holdfast/domain-types';
import { EntityNotFound } from '@holdfast/errors';

/** No such kernel in the scope that was given. Status 404, code `kernel_read_not-found`. */
export class KernelNotFound extends EntityNotFound {
  readonly kernelId: KernelId;

  constructor(kernelId: KernelId) {
    super('kernel', `No kernel ${kernelId}.`);
    this.kernelId = kernelId;
  }
}
