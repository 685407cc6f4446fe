import type { SmtpConfig } from '@holdfast/notification-repository';

/** A mail to be sent. */
export interface Email {
  readonly smtp: SmtpConfig;
  /** Of `smtp.username`; null where there is none. */
  readonly password: string | null;
  readonly from: string;
  readonly to: readonly string[];
  /** One line. */
  readonly subject: string;
  readonly text: string;
  /** The same for the same mail, however often it is sent. */
  readonly idempotencyKey: string;
}

/** What sends mails: `EmailSender`, or what an application has in place of it. */
export interface EmailTransport {
  /** Resolves once the mail server has taken the mail. */
  send(email: Email, signal: AbortSignal): Promise<void>;
}
