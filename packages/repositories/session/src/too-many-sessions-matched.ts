import { errorCode, HoldfastError } from '@holdfast/errors';

/** Several live sessions of the scope have the name. Status 409, code `session_read_conflict`. */
export class TooManySessionsMatched extends HoldfastError {
  constructor(name: string) {
    super({
      code: errorCode('session', 'read', 'conflict'),
      message: `Several live sessions are called ${name}: say which by its id.`,
      httpStatus: 409,
    });
  }
}
