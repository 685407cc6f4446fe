/** What dispatchers get the secrets of a channel as. */
export interface RevealedSecretValues {
  readonly headers: Readonly<Record<string, string>>;
  readonly signingSecret: string | null;
  readonly smtpPassword: string | null;
}

/** The secrets of a channel, decrypted: to be read by name. Printed, or as JSON, it shows none of them. */
export class RevealedSecrets implements RevealedSecretValues {
  readonly #values: RevealedSecretValues;

  constructor(values: RevealedSecretValues) {
    this.#values = { ...values, headers: Object.freeze({ ...values.headers }) };
    Object.freeze(this);
  }

  /** The webhook's own headers; none is an empty object. */
  get headers(): Readonly<Record<string, string>> {
    return this.#values.headers;
  }

  get signingSecret(): string | null {
    return this.#values.signingSecret;
  }

  get smtpPassword(): string | null {
    return this.#values.smtpPassword;
  }
}
