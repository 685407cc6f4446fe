import { InvalidInput } from '@holdfast/errors';
import { inspect } from 'node:util';

/** The form that the table takes, with bounds on what verifying may cost: 1 GiB, 64 rounds, 64 lanes. */
const phc =
  /^\$argon2id\$v=19\$m=([1-9]\d{0,6}),t=([1-9]\d?),p=([1-9]\d?)\$([A-Za-z0-9+/]{11,86})\$([A-Za-z0-9+/]{43,86})$/;
const MOST = { memoryKiB: 1_048_576, rounds: 64, lanes: 64 } as const;
/** Of memory, in KiB, that each lane needs (RFC 9106, 3.1). */
const LEAST_PER_LANE = 8;

let textIn: (hash: PasswordHash) => string | null;

/**
 * The hash of a password, made by `hashPassword`: what a new user is created with. It cannot be read, printed or sent:
 * only this package's db source gets at it.
 */
export class PasswordHash {
  static {
    textIn = (hash) => (typeof hash === 'object' && hash !== null && #phc in hash ? hash.#phc : null);
  }

  readonly #phc: string;

  private constructor(text: string) {
    this.#phc = text;
    Object.freeze(this);
  }

  /**
   * Takes over a hash that was made elsewhere, e.g. of users that move here: a PHC string of argon2id, version 19.
   * Throws `InvalidInput` (`INVALID_VALUE`), which does not repeat the text, also for one that nothing could be verified by.
   */
  static fromPhc(text: string, pointer = '/password'): PasswordHash {
    const [, memory, rounds, lanes, ...bytes] = (typeof text === 'string' && phc.exec(text)) || [];
    const isBounded = Number(memory) <= MOST.memoryKiB && Number(rounds) <= MOST.rounds && Number(lanes) <= MOST.lanes;
    const isUsable = Number(memory) >= LEAST_PER_LANE * Number(lanes) && bytes.every(isBase64);
    if (memory === undefined || !isBounded || !isUsable) {
      throw new InvalidInput('INVALID_VALUE', 'Not a PHC string of argon2id, version 19.', pointer);
    }
    return new PasswordHash(text);
  }

  toJSON(): string {
    return '[password hash]';
  }

  toString(): string {
    return '[password hash]';
  }

  [inspect.custom](): string {
    return '[password hash]';
  }
}

/**
 * The text, for the database: for this package alone, which does not export it. Throws `InvalidInput` for what is no hash,
 * e.g. a password.
 */
export function phcOf(hash: PasswordHash, pointer = '/password'): string {
  const text = textIn(hash);
  if (text !== null) return text;
  throw new InvalidInput('INVALID_VALUE', 'A password is given as its hash: await hashPassword(plain).', pointer);
}

/** Whether it is what encoding gives, without padding: argon2 decodes nothing else. */
function isBase64(text: string): boolean {
  return Buffer.from(text, 'base64').toString('base64').replace(/=+$/, '') === text;
}
