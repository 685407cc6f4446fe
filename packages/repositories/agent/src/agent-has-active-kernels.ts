import { errorCode, HoldfastError } from '@holdfast/errors';

/** An agent is not purged while kernels on it are active. Status 409, code `agent_purge_conflict`. */
export class AgentHasActiveKernels extends HoldfastError {
  constructor() {
    super({
      code: errorCode('agent', 'purge', 'conflict'),
      message: 'The agent has active kernels.',
      httpStatus: 409,
    });
  }
}
