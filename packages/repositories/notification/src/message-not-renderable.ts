import { errorCode, HoldfastError } from '@holdfast/errors';

/**
 * A message does not become what its channel sends: e.g. the template of a rule whose channel sends JSON makes none. Status
 * 422, code `notification_execute_invalid-data-format`.
 */
export class MessageNotRenderable extends HoldfastError {
  constructor(message: string) {
    super({ code: errorCode('notification', 'execute', 'invalid-data-format'), message, httpStatus: 422 });
  }
}
