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

// Some errors of the socket look alike: EPIPE.
const sqlState = /^(?!E[A-Z]{4}$)[0-9A-Z]{5}$/;
// With these the server ends the connection, whatever its messages are translated to (PostgreSQL appendix A).
const fatal = /^(08|57P0[1-5]|25P0[34]|53300|28|3D000)/;
const notQueryable = /is not queryable$/;

/** The SQLSTATE of an error of the server, or null. */
export function sqlStateOf(error: Error): string | null {
  const { code } = error as { readonly code?: unknown };
  return typeof code === 'string' && sqlState.test(code) ? code : null;
}

/** How a query of pg's own failed, where only its error tells. */
export function failureOf(error: unknown): RunFailure {
  const cause = error as Error & { readonly severity?: unknown };
  const code = sqlStateOf(cause);
  if (code === null) return { kind: notQueryable.test(cause.message) ? 'not-sent' : 'lost', error: cause };
  const isFatal = fatal.test(code) || cause.severity === 'FATAL' || cause.severity === 'PANIC';
  return { kind: isFatal ? 'lost' : 'answered', error: cause };
}
