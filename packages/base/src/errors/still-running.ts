import { errorCode, HoldfastError } from '@holdfast/errors';

/** What was under way when `Database.close` gave up waiting. */
export interface UnderWayFigures {
  /** Calls of the Database that have not ended, those of dbSessions and locks included. */
  readonly calls: number;
  readonly dbSessions: number;
  /** Names of the advisory locks whose work has not ended. */
  readonly locks: readonly string[];
}

/**
 * `Database.close` was to wait no longer, and something is still under way. It was not cut; new calls stay refused, and
 * `close` may be called again. `cause` is the signal's reason, or that the deadline passed. Status 504, code
 * `database_generic_timeout`.
 */
export class StillRunning extends HoldfastError {
  readonly running: UnderWayFigures;

  constructor(running: UnderWayFigures, cause: unknown) {
    const { calls, dbSessions, locks } = running;
    const among = `${dbSessions} dbSessions and ${locks.length} advisory locks`;
    super({
      code: errorCode('database', 'generic', 'timeout'),
      message: `The database is not idle yet: calls under way: ${calls}, with ${among} among them.`,
      httpStatus: 504,
      cause,
    });
    this.running = running;
  }
}
