import { errorCode, HoldfastError } from '@holdfast/errors';

/** A kernel does not leave PENDING before its session has. Status 409, code `kernel_update_conflict`. */
export class SessionIsPending extends HoldfastError {
  constructor(cause?: unknown) {
    super({
      code: errorCode('kernel', 'update', 'conflict'),
      message: 'The session of the kernel is pending: schedule it first.',
      httpStatus: 409,
      cause,
    });
  }
}
