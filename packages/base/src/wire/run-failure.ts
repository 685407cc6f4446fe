import { rowOf } from '../errors/classification.js';
import { isFatal } from '../errors/is-fatal.js';

/**
 * How a statement failed.
 * `not-sent`: nothing was written. `answered`: the server refused it and goes on. `stale`: the server refused it because
 * what was prepared no longer fits. `unreadable`: the server did it, and its answer could not be read. `lost`: there was
 * no answer, or none that can be relied upon: the connection must not be used again. `canceled`: its caller gave it up,
 * for the reason that the error is, and the server did nothing.
 */
export type RunFailureKind = 'not-sent' | 'answered' | 'stale' | 'unreadable' | 'lost' | 'canceled';

export interface RunFailure {
  readonly kind: RunFailureKind;
  readonly error: Error;
}

/** How a query of pg's own failed, where only its error tells. */
export function failureOf(error: unknown): RunFailure {
  const wasSent = rowOf(error)?.includes('not-sent') !== true;
  const kind = wasSent ? (isFatal(error) ? 'lost' : 'answered') : 'not-sent';
  return { kind, error: error as Error };
}
