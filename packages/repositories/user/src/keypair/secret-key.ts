import { inspect } from 'node:util';

/** The secret half of a key pair. It shows itself to nobody who does not ask: not in JSON, logs or texts. */
export class SecretKey {
  readonly #text: string;

  constructor(text: string) {
    this.#text = text;
    Object.freeze(this);
  }

  /** The secret itself: to be told to its user once, or to check a signature. */
  reveal(): string {
    return this.#text;
  }

  toJSON(): string {
    return '[secret key]';
  }

  toString(): string {
    return '[secret key]';
  }

  [inspect.custom](): string {
    return '[secret key]';
  }
}
