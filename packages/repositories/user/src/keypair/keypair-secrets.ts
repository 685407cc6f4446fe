import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { AccessKey } from '@holdfast/domain-types';
import { Misuse } from '@holdfast/errors';
import { KeypairSecretUnreadable } from './keypair-secret-unreadable.js';
import { SecretKey } from './secret-key.js';

const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

export interface KeypairSecretsArgs {
  /** Keys of 32 random bytes. The first seals; all of them open, so that they can be replaced one after the other. */
  readonly keys: readonly [Uint8Array, ...Uint8Array[]];
}

/**
 * Seals the secret halves of key pairs for the database (AES-256-GCM). They must be had in plain to check what was signed
 * with them (HMAC), so that they cannot be hashed as passwords are; whoever has the database alone can do nothing with
 * them. What is sealed belongs to its access key: put beside another one, it does not open.
 */
export class KeypairSecrets {
  readonly #keys: ReadonlyMap<string, Buffer>;
  readonly #newest: string;

  /** Throws Misuse for keys that are not 32 bytes long, or none. */
  constructor({ keys }: KeypairSecretsArgs) {
    if (keys.length === (0 as number)) throw new Misuse('KeypairSecrets needs a key.');
    if (keys.some((key) => !(key instanceof Uint8Array) || key.length !== KEY_BYTES)) {
      throw new Misuse(`A key of KeypairSecrets is ${KEY_BYTES} random bytes.`);
    }
    // Copied: what the application does with its own does not matter then.
    this.#keys = new Map(keys.map((key) => [nameOf(key), Buffer.from(key)]));
    this.#newest = nameOf(keys[0]);
    Object.freeze(this);
  }

  /** `v1.<name of the key>.<nonce, what is sealed and its tag, in base64url>`. */
  seal(accessKey: AccessKey, secretKey: SecretKey): string {
    const nonce = randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, this.#keys.get(this.#newest)!, nonce);
    cipher.setAAD(Buffer.from(accessKey));
    const sealed = Buffer.concat([
      nonce,
      cipher.update(secretKey.reveal(), 'utf8'),
      cipher.final(),
      cipher.getAuthTag(),
    ]);
    return `v1.${this.#newest}.${sealed.toString('base64url')}`;
  }

  /** Throws `KeypairSecretUnreadable` for what was sealed with another key, or for another access key. */
  open(accessKey: AccessKey, sealed: string): SecretKey {
    const [version, name = '', text = ''] = sealed.split('.');
    const key = this.#keys.get(name);
    const bytes = Buffer.from(text, 'base64url');
    if (version !== 'v1' || key === undefined || bytes.length < NONCE_BYTES + TAG_BYTES) {
      throw new KeypairSecretUnreadable(accessKey);
    }
    const decipher = createDecipheriv(ALGORITHM, key, bytes.subarray(0, NONCE_BYTES), { authTagLength: TAG_BYTES });
    decipher.setAAD(Buffer.from(accessKey));
    decipher.setAuthTag(bytes.subarray(-TAG_BYTES));
    try {
      const opened = Buffer.concat([decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES)), decipher.final()]);
      return new SecretKey(opened.toString('utf8'));
    } catch {
      throw new KeypairSecretUnreadable(accessKey);
    }
  }
}

/** Says which key it was, and nothing of the key. */
function nameOf(key: Uint8Array): string {
  return createHash('sha256').update('keypair-secrets').update(key).digest('hex').slice(0, 8);
}
