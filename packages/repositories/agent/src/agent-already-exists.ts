import { EntityAlreadyExists } from '@holdfast/errors';

/** The id is taken, be it in another scaling group or by a deleted agent. Status 409, code `agent_create_already-exists`. */
export class AgentAlreadyExists extends EntityAlreadyExists {
  constructor(cause?: unknown) {
    super('agent', 'An agent of this id exists already.', cause);
  }
}
