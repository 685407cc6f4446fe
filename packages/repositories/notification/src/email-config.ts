/** How a mail server is reached. The password is a secret, and no part of this. */
export interface SmtpConfig {
  readonly host: string;
  /** Default 587. */
  readonly port: number;
  /** Whether nothing is sent unencrypted. Default true. */
  readonly tls: boolean;
  /** 1 to 120,000 milliseconds. Default 30,000. */
  readonly timeoutMs: number;
  /** Whom to log in as, with the secret `smtpPassword`; null: nobody. Default null. */
  readonly username: string | null;
}

/** How mails are sent. */
export interface EmailConfig {
  readonly smtp: SmtpConfig;
  readonly from: string;
  /** 1 to 100 addresses. */
  readonly to: readonly string[];
  /** One line, with the variables that all types of rules have. Default `[{{domainName}}] {{ruleName}}`. */
  readonly subjectTemplate: string;
}

/** What is given of it; the rest gets its default. */
export interface EmailConfigInput extends Pick<EmailConfig, 'from' | 'to'> {
  readonly smtp: Pick<SmtpConfig, 'host'> & Partial<SmtpConfig>;
  readonly subjectTemplate?: string;
}
