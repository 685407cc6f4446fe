import { SessionParameters } from './session-parameters.js';
import type { Statement } from './statement.js';

/** What is known of one connection, of whatever client. */
export class ConnectionState {
  readonly parameters = new SessionParameters();
  /** Commands that the server has completed, BEGIN and COMMIT among them. */
  commands = 0;
  /** The last statement of ours. */
  last: Statement | null = null;
}
