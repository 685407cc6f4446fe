import { connect, isIP } from 'node:net';
import { type Policy, Resilience, TimeoutPolicy } from '@holdfast/resilience';
import { createTransport } from 'nodemailer';
import { clientPolicies } from './client-policies.js';
import { EmailRefused } from './email-refused.js';
import type { Email, EmailTransport } from './email-transport.js';
import { publicLookup, refusePrivateHost } from './guarded-agent.js';
import { smtpFailure } from './smtp-failure.js';

export interface EmailSenderArgs {
  /** Whether mail servers may be this machine and in its network. */
  readonly toPrivateAddresses: boolean;
  /** Who vouches for mail servers, in PEM. Default: whom Node trusts. */
  readonly ca?: string;
  /** Before the second attempt, in milliseconds; then twice as long each time. Default 500. */
  readonly retryDelayMs?: number;
}

/** A recipient whom the server did not take, and with which reply. */
interface Rejection {
  readonly recipient: string;
  readonly responseCode?: number;
}

/** The port on which a connection is encrypted from the start (RFC 8314 §3.3). */
const IMPLICIT_TLS = 465;

/**
 * Sends mails by SMTP: `metrics(retry(bulkhead(timeout(call))))`, the time of an attempt being the channel's. A mail is
 * sent again to those only whom the server has not taken it for. Where its answer is lost a mail may arrive twice, with
 * the same Message-ID. A password is told to nobody unencrypted, unless the channel says that it may be (`tls: false`).
 */
export class EmailSender implements EmailTransport {
  readonly #args: EmailSenderArgs;
  readonly #policies: readonly Policy[];

  constructor(args: EmailSenderArgs) {
    this.#args = args;
    this.#policies = clientPolicies('email_client', 'emails', args.retryDelayMs);
  }

  /** Throws `EmailRefused`, `EmailUnreachable`, `AddressRefused` and `TimedOut`; the signal's reason once it aborts. */
  async send(email: Email, signal: AbortSignal): Promise<void> {
    if (!this.#args.toPrivateAddresses) refusePrivateHost(email.smtp.host);
    const timeout = new TimeoutPolicy({ timeoutMs: email.smtp.timeoutMs, outcome: 'not-committed' });
    const resilience = new Resilience({ name: 'email_client', policies: [...this.#policies, timeout] });
    let left = email.to;
    let refused: EmailRefused | null = null;
    await resilience.execute(
      'send',
      async (call) => {
        const rejections = await this.#attempt(email, left, call.signal);
        const told = rejections.map((one) => ({ ...one, error: new EmailRefused(one.responseCode ?? null) }));
        refused ??= told.find(({ error }) => !error.retryable)?.error ?? null;
        const later = told.filter(({ error }) => error.retryable);
        left = later.map(({ recipient }) => recipient);
        if (later[0] !== undefined) throw later[0].error;
      },
      { signal },
    );
    if (refused !== null) throw refused as EmailRefused;
  }

  /** Sends it to these recipients, and returns those of them whom the server did not take. */
  async #attempt(email: Email, to: readonly string[], signal: AbortSignal | null): Promise<readonly Rejection[]> {
    const { from, subject, text, idempotencyKey } = email;
    const addressed = (address: string) => ({ name: '', address });
    try {
      const sent: unknown = await this.#transport(email, signal).sendMail({
        from: addressed(from),
        to: email.to.map(addressed),
        envelope: { from, to: [...to] },
        subject,
        text,
        messageId: `<${idempotencyKey}@${from.slice(from.lastIndexOf('@') + 1)}>`,
        // Nobody's absence note shall answer it (RFC 3834 §5).
        headers: { 'Auto-Submitted': 'auto-generated' },
        ...(signal !== null && { signal }),
      });
      return rejectionsOf(sent);
    } catch (error) {
      // Where none was taken the library fails, and says the same of each.
      const rejections = rejectionsOf(error);
      if (rejections.length === to.length && signal?.aborted !== true) return rejections;
      throw smtpFailure(error, signal);
    }
  }

  #transport({ smtp, password }: Email, signal: AbortSignal | null) {
    const { host, port, tls, timeoutMs, username } = smtp;
    const { toPrivateAddresses, ca } = this.#args;
    const secure = tls && port === IMPLICIT_TLS;
    return createTransport({
      host,
      port,
      secure,
      requireTLS: tls && !secure,
      tls: { ...(isIP(host) === 0 && { servername: host }), ...(ca !== undefined && { ca }) },
      ...(username !== null && { auth: { user: username, pass: password ?? '' }, forceAuth: true }),
      connectionTimeout: timeoutMs,
      greetingTimeout: timeoutMs,
      socketTimeout: timeoutMs,
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(!toPrivateAddresses && {
        // What a name stands for is checked where the connection is made.
        getSocket: (_options: unknown, callback: (error: Error | null, socket?: object) => void) => {
          const connection = connect({ host, port, lookup: publicLookup, ...(signal !== null && { signal }) });
          connection.once('error', callback);
          connection.once('connect', () => {
            connection.off('error', callback);
            callback(null, { connection });
          });
        },
      }),
    });
  }
}

/** What the library says of recipients, in its answer or its error. */
function rejectionsOf(told: unknown): readonly Rejection[] {
  return (told as { readonly rejectedErrors?: readonly Rejection[] }).rejectedErrors ?? [];
}
