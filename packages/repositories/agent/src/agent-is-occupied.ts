import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * Something is occupied of an agent that was to be deleted or purged: release it first, or move an agent that is gone for
 * good to LOST or TERMINATED. Status 409, code `agent_soft-delete_conflict` or `agent_purge_conflict`.
 */
export class AgentIsOccupied extends HoldfastError {
  constructor(operation: 'soft-delete' | 'purge', cause?: unknown) {
    super({
      code: errorCode('agent', operation, 'conflict'),
      message: 'Something of the agent is occupied: release it first.',
      httpStatus: 409,
      cause,
    });
  }
}
