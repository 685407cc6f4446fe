import { isHoldfastError } from '@holdfast/errors';
import { DatabaseUnavailable, PoolExhausted } from './database-error.js';

// Errors of the socket by their code, and of pg by their text, where it gives no code.
const again =
  /^(ECONNREFUSED|ECONNRESET|EHOSTUNREACH|ENETUNREACH|ENOTFOUND|EAI_AGAIN|EPIPE|ETIMEDOUT|57P0[1-5]|53300|08...)$/;
const texts: ReadonlySet<string> = new Set([
  'timeout expired',
  'Connection terminated due to connection timeout',
  'Connection terminated unexpectedly',
  'Connection terminated',
]);
const POOL_TIMEOUT = 'timeout exceeded when trying to connect';

/**
 * Why no connection was to be had: nothing was sent. Worth another try where the server may be back by then; never for a
 * pool that has ended, a password or a certificate that is refused.
 */
export function connectionError(error: Error): Error {
  // A signal's reason is handed on as it is.
  if (isHoldfastError(error) || error.name === 'AbortError') return error;
  const { code } = error as { readonly code?: unknown };
  const args = { cause: error, outcome: 'not-committed' } as const;
  if (error.message === POOL_TIMEOUT) return new PoolExhausted({ ...args, retryable: false });
  if (typeof code !== 'string' && !texts.has(error.message) && !endsPool.test(error.message)) return error;
  const retryable = (typeof code === 'string' && again.test(code)) || texts.has(error.message);
  return new DatabaseUnavailable({ ...args, retryable });
}

const endsPool = /^Cannot use a pool after calling end/;
