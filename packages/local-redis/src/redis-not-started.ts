import { errorCode, HoldfastError } from '@holdfast/errors';

/** The server of Redis could not be started, or was not ready in time; the message holds what it said. */
export class RedisNotStarted extends HoldfastError {
  constructor(said: string) {
    const message = `Redis did not start: ${said.trim().split('\n').at(-1) || 'it said nothing'}`;
    super({ code: errorCode('cache', 'start', 'unavailable'), message });
  }
}
