import { SessionParameters } from './session-parameters.js';

/** What is known of one connection, of whatever client. */
export class ConnectionState {
  readonly parameters = new SessionParameters();
  /** Commands that the server has completed, BEGIN and COMMIT among them. */
  commands = 0;
  /** The entity that the last statement of ours was for, of those that were for one. */
  entity: string | null = null;
}
