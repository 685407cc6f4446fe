import type pg from 'pg';
import { type CancelOutcome, cancelRequest } from './cancel-request.js';
import { isUsable, transactionStatus } from './transaction-status.js';
import { WireConnection } from './wire-connection.js';
import type { PgConnection } from './pg-internals.js';
import { sqlStateOf } from '../errors/sql-state.js';

/** What was asked for a connection since its last fence. */
interface Fence {
  readonly requests: Set<Promise<CancelOutcome>>;
  /** Whether one of them may hit at any time. */
  isUnsure: boolean;
}

const fences = new WeakMap<object, Fence>();
const ANSWER_LIMIT_MS = 2_000;

/** Asks the server to cancel what a client runs, and keeps in mind that the request may hit what comes after it. */
export async function fencedCancel(client: pg.ClientBase): Promise<void> {
  let fence = fences.get(client);
  if (fence === undefined) fences.set(client, (fence = { requests: new Set(), isUnsure: false }));
  const request = cancelRequest(client);
  fence.requests.add(request);
  try {
    if ((await request) === 'unsure') fence.isUnsure = true;
  } finally {
    fence.requests.delete(request);
  }
}

/** Whether a cancel was asked for that may hit whatever the connection does next. */
export function needsFence(client: pg.ClientBase): boolean {
  return fences.has(client);
}

/**
 * Leads a connection back to where no cancel can hit any more: all requests have been acted upon, and one more trip was
 * answered, which is ROLLBACK where a transaction is open. What is `broken` must be closed.
 */
export async function fenced(client: pg.ClientBase): Promise<'usable' | 'broken'> {
  const fence = fences.get(client);
  if (fence !== undefined) {
    while (fence.requests.size > 0) await Promise.all(fence.requests);
    if (fence.isUnsure || !((await trip(client)) || (await trip(client)))) return 'broken';
    fences.delete(client);
  }
  return isUsable(client) ? 'usable' : 'broken';
}

/** False if a cancel hit it, or if there was no answer: then the connection is gone. */
async function trip(client: pg.ClientBase): Promise<boolean> {
  const timer = setTimeout(() => destroy(client), ANSWER_LIMIT_MS);
  try {
    await client.query((transactionStatus(client) ?? 'I') === 'I' ? '' : 'ROLLBACK');
    return true;
  } catch (error) {
    if (sqlStateOf(error as Error) !== '57014') destroy(client);
    return false;
  } finally {
    clearTimeout(timer);
  }
}

/** Ends a connection at once: what runs on it fails. */
export function destroy(client: pg.ClientBase): void {
  const { connection } = client as never as { readonly connection: PgConnection };
  // That a connection of ours ended says nothing of the server, then.
  if (connection instanceof WireConnection) connection.cut();
  else connection.stream.destroy();
}
