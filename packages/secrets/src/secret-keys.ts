import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import { Misuse } from '@holdfast/errors';
import { SecretUnreadable } from './secret-unreadable.js';

/** A key that secrets are encrypted with. */
export interface EncryptionKey {
  /** By which a secret says which key it needs: 1 to 32 letters, digits, underscores and hyphens. No secret itself. */
  readonly id: string;
  /** 32 random bytes as base64 or base64url, e.g. of `randomBytes(32).toString('base64')`. */
  readonly key: string;
}

interface DerivedKeys {
  readonly encryption: Uint8Array;
  readonly nonce: Uint8Array;
}

const VERSION = 'v1';
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/**
 * The keys of an application for its secrets: the first one, the newest, encrypts, and all of them decrypt. To rotate, put a
 * new one in front; an old one is needed until each secret that was encrypted with it has been sealed anew (`reseal`).
 *
 * Secrets are encrypted with AES-256-GCM, each bound to where it belongs (its place: what holds it, and its name), so
 * that it cannot be moved elsewhere. The nonce follows from the secret and its place (HMAC-SHA256 under a key of its own), so that a write
 * that is repeated under an operation key asks for the same: only who stores the same secret in the same place again can
 * be seen to do so.
 */
export class SecretKeys {
  readonly #keys = new Map<string, DerivedKeys>();
  readonly #newest: string;

  /** Throws Misuse for no keys, and for one that is none; of the key itself the message says nothing. */
  constructor(keys: readonly [EncryptionKey, ...EncryptionKey[]]) {
    for (const { id, key } of keys) {
      if (typeof id !== 'string' || !/^[\w-]{1,32}$/.test(id))
        throw new Misuse('The id of a secret key is 1 to 32 word characters or hyphens.');
      if (this.#keys.has(id)) throw new Misuse(`Two secret keys have the id ${id}.`);
      const bytes = typeof key === 'string' && /^[\w+/-]+=?$/.test(key) ? Buffer.from(key, 'base64') : null;
      if (bytes?.length !== 32) throw new Misuse(`The secret key ${id} is not 32 bytes in base64.`);
      this.#keys.set(id, { encryption: derived(bytes, 'encryption'), nonce: derived(bytes, 'nonce') });
    }
    if (keys[0] === undefined) throw new Misuse('Without a secret key no secret can be kept.');
    this.#newest = keys[0].id;
  }

  /** What sealed texts of the newest key begin with. */
  get prefix(): string {
    return `${VERSION}.${this.#newest}.`;
  }

  /** Encrypts a text for one place. */
  seal(text: string, place: string): string {
    const { encryption, nonce: nonceKey } = this.#keys.get(this.#newest)!;
    const nonce = createHmac('sha256', nonceKey)
      .update(JSON.stringify([place, text]))
      .digest()
      .subarray(0, NONCE_BYTES);
    const cipher = createCipheriv('aes-256-gcm', encryption, nonce, { authTagLength: TAG_BYTES }).setAAD(
      Buffer.from(place),
    );
    const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
    return this.prefix + sealed.toString('base64url');
  }

  /** A sealed text of that place under the newest key: for after a rotation. Throws `SecretUnreadable`. */
  reseal(sealed: string, place: string): string {
    return this.seal(this.open(sealed, place), place);
  }

  /** Decrypts a text of that place. Throws `SecretUnreadable`. */
  open(sealed: string, place: string): string {
    const [version, keyId, text, ...more] = sealed.split('.');
    if (version !== VERSION || text === undefined || more.length > 0)
      throw new SecretUnreadable('unknown-format', null);
    const keys = this.#keys.get(keyId!);
    if (keys === undefined) throw new SecretUnreadable('unknown-key', keyId!);
    const bytes = Buffer.from(text, 'base64url');
    if (bytes.length < NONCE_BYTES + TAG_BYTES) throw new SecretUnreadable('not-authentic', keyId!);
    const nonce = bytes.subarray(0, NONCE_BYTES);
    const tag = bytes.subarray(bytes.length - TAG_BYTES);
    const decipher = createDecipheriv('aes-256-gcm', keys.encryption, nonce, { authTagLength: TAG_BYTES })
      .setAAD(Buffer.from(place))
      .setAuthTag(tag);
    try {
      const opened = decipher.update(bytes.subarray(NONCE_BYTES, bytes.length - TAG_BYTES));
      return Buffer.concat([opened, decipher.final()]).toString('utf8');
    } catch (error) {
      throw new SecretUnreadable('not-authentic', keyId!, error);
    }
  }
}

function derived(key: Uint8Array, purpose: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', key, '', `holdfast secrets ${purpose}`, 32));
}
