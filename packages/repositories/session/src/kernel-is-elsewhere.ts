import type { AgentId, KernelId } from '@holdfast/domain-types';
import { errorCode, HoldfastError } from '@holdfast/errors';

/** An agent speaks of a kernel that is not on it any more. Status 409, code `kernel_update_conflict`. */
export class KernelIsElsewhere extends HoldfastError {
  readonly kernelId: KernelId;
  readonly agentId: AgentId;

  constructor(kernelId: KernelId, agentId: AgentId) {
    super({
      code: errorCode('kernel', 'update', 'conflict'),
      message: `Kernel ${kernelId} is not on agent ${agentId}.`,
      httpStatus: 409,
    });
    this.kernelId = kernelId;
    this.agentId = agentId;
  }
}
