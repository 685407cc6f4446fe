import { Misuse } from '@holdfast/errors';

/** What every operation may be told. */
export interface CallOptions {
  /**
   * Ends the call with the signal's reason: while it waits for a connection, before what is not sent yet, and while a
   * statement runs, which the database is then asked to cancel. Its answer decides: a write that was stored all the same
   * is returned as such, and one that is reported as given up is not stored. A COMMIT that was sent is waited for.
   */
  readonly signal?: AbortSignal;
  /**
   * Milliseconds from now by which the call must have its answer; when they have passed it ends as by `signal`, with
   * DeadlineExceeded. Where a call is retried, each attempt has that long.
   */
  readonly deadlineMs?: number;
}

/** Throws Misuse for limits that make no sense. */
export function checkCallOptions({ signal, deadlineMs }: CallOptions): void {
  if (deadlineMs !== undefined && !(typeof deadlineMs === 'number' && deadlineMs >= 0)) {
    throw new Misuse(`deadlineMs must be a number of milliseconds from 0, not ${shown(deadlineMs)}.`);
  }
  if (signal !== undefined && typeof (signal as { readonly aborted?: unknown } | null)?.aborted !== 'boolean') {
    throw new Misuse(`signal must be an AbortSignal, not ${shown(signal)}.`);
  }
}

function shown(value: unknown): string {
  if (typeof value === 'string') return `'${value}'`;
  return typeof value === 'number' ? String(value) : typeof value;
}
