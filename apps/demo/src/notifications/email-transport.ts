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

/** What sends mails, as an application gives it: a few lines over the SMTP library that it has. */
export interface EmailTransport {
  /** Resolves once the mail server has taken the mail. */
  send(email: Email, signal: AbortSignal): Promise<void>;
}
