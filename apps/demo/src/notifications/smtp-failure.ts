import { isHoldfastError } from '@holdfast/errors';
import { EmailRefused } from './email-refused.js';
import { EmailUnreachable } from './email-unreachable.js';

/** What of an error of the SMTP library is looked at. */
interface SmtpError {
  readonly code?: string;
  /** Of an error of Node's. */
  readonly originalCode?: string;
  /** The reply of the server, if it was one. */
  readonly responseCode?: number;
}

/** What is wrong without a reply, and would be so the next time. */
const settled: ReadonlySet<string> = new Set(['EAUTH', 'ENOAUTH', 'ETLS', 'EREQUIRETLS', 'EMESSAGE', 'EENVELOPE']);

/** A server that is not whom it says it is, or not to anybody whom Node trusts (the codes of X509 errors of Node's `tls`). */
const untrusted = /^(?:CERT_|ERR_TLS_|ERR_SSL_|DEPTH_ZERO_|SELF_SIGNED_|UNABLE_TO_)/;

/**
 * What the SMTP library failed with, as one of ours. Its own error goes no further: it repeats what the server says, and
 * a server may say what it was told.
 */
export function smtpFailure(error: unknown, signal: AbortSignal | null): unknown {
  if (signal?.aborted === true) return signal.reason;
  if (isHoldfastError(error)) return error;
  const { code = '', originalCode = '', responseCode } = error as SmtpError;
  if (responseCode !== undefined) return new EmailRefused(responseCode);
  return settled.has(code) || untrusted.test(originalCode) ? new EmailRefused(null) : new EmailUnreachable();
}
