import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { InvalidInput, Misuse } from '@holdfast/errors';
import type { Cursor } from './cursor.js';
import type { CursorBinding } from './cursor-binding.js';
import { type OpenedCursor, readPayload, writePayload } from './cursor-payload.js';
import { KeyedHashes } from './keyed-hashes.js';

export interface CursorCodecArgs {
  /** Secrets of at least 32 characters: the first signs, all are accepted. Rotate by putting a new one in front. */
  readonly keys: readonly [string, ...string[]];
  /**
   * Which cursors are encrypted: those of orders whose values callers may not see (`confidential`, the default), or
   * `all`. The others are signed, readable, and the same whenever they are made of the same position.
   */
  readonly encrypt?: 'confidential' | 'all';
}

const SIGNED = 1;
const SEALED = 2;
const MAC_BYTES = 16;
const NONCE_BYTES = 12;
/** What fits into the head of a request, and more than an index can hold of a row (PostgreSQL 64.1). */
const MAX_LENGTH = 12_288;

/** One secret with a key of its own for each use (RFC 5869). */
interface Keys {
  readonly mac: Buffer;
  readonly cipher: Buffer;
  readonly bind: KeyedHashes;
}

/**
 * Makes and reads cursors: base64url of a form, its proof and a JSON payload with the position. Signed cursors have an
 * HMAC-SHA-256 (RFC 2104, cut to 128 bits); encrypted ones are AES-256-GCM (NIST SP 800-38D) with a random nonce. Forged
 * by nobody: every text that it did not make for this very query is refused as `INVALID_CURSOR`.
 */
export class CursorCodec {
  readonly #keys: readonly Keys[];
  readonly #encryptsAll: boolean;

  constructor(args: CursorCodecArgs) {
    if (
      !Array.isArray(args.keys) ||
      args.keys.length === 0 ||
      args.keys.some((key) => typeof key !== 'string' || key.length < 32)
    ) {
      throw new Misuse('A CursorCodec needs keys of at least 32 characters each.');
    }
    this.#keys = args.keys.map((key) => ({
      mac: derived(key, 'sign'),
      cipher: derived(key, 'encrypt'),
      bind: new KeyedHashes(derived(key, 'bind')),
    }));
    this.#encryptsAll = args.encrypt === 'all';
  }

  /** The cursor of a position: the text form of each order key, in order. */
  encode(binding: CursorBinding, position: readonly (string | null)[]): Cursor {
    const keys = this.#keys[0]!;
    const payload = writePayload(binding, position, keys.bind);
    const bytes = this.#encryptsAll || binding.isConfidential ? sealed(keys, payload) : signed(keys, payload);
    const cursor = bytes.toString('base64url');
    if (cursor.length > MAX_LENGTH) {
      throw new InvalidInput('INVALID_ORDER', 'The values of this order are too long for a cursor.', '/orders');
    }
    return cursor as Cursor;
  }

  /** The position in a cursor of `length` keys. Throws InvalidInput `INVALID_CURSOR`. */
  decode(binding: CursorBinding, cursor: unknown, length: number, pointer: string): readonly (string | null)[] {
    const opened = this.open(cursor);
    if (opened === null || !opened.isFor(binding, length)) {
      throw new InvalidInput('INVALID_CURSOR', 'This cursor was not made for this query.', pointer);
    }
    return opened.position;
  }

  /** What a cursor says that was made with one of the keys, for whatever query; null for everything else. */
  open(cursor: unknown): OpenedCursor | null {
    if (typeof cursor !== 'string' || cursor.length > MAX_LENGTH) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    // Node skips what is not base64url: only the exact spelling is ours.
    if (bytes.toString('base64url') !== cursor) return null;
    const proven = bytes[0] === SIGNED ? checked : bytes[0] === SEALED ? unsealed : null;
    if (proven === null) return null;
    for (const keys of this.#keys) {
      const payload = proven(keys, bytes);
      const opened = payload === null ? null : readPayload(payload, keys.bind);
      if (opened !== null) return opened;
    }
    return null;
  }
}

function signed(keys: Keys, payload: Buffer): Buffer {
  return Buffer.concat([Buffer.of(SIGNED), mac(keys, payload), payload]);
}

function checked(keys: Keys, bytes: Buffer): Buffer | null {
  if (bytes.length <= 1 + MAC_BYTES) return null;
  const payload = bytes.subarray(1 + MAC_BYTES);
  return timingSafeEqual(mac(keys, payload), bytes.subarray(1, 1 + MAC_BYTES)) ? payload : null;
}

function sealed(keys: Keys, payload: Buffer): Buffer {
  const nonce = randomBytes(NONCE_BYTES);
  const cipher = createCipheriv('aes-256-gcm', keys.cipher, nonce);
  const hidden = Buffer.concat([cipher.update(payload), cipher.final()]);
  return Buffer.concat([Buffer.of(SEALED), nonce, cipher.getAuthTag(), hidden]);
}

function unsealed(keys: Keys, bytes: Buffer): Buffer | null {
  const start = 1 + NONCE_BYTES + MAC_BYTES;
  if (bytes.length <= start) return null;
  const decipher = createDecipheriv('aes-256-gcm', keys.cipher, bytes.subarray(1, 1 + NONCE_BYTES), {
    authTagLength: MAC_BYTES,
  });
  decipher.setAuthTag(bytes.subarray(1 + NONCE_BYTES, start));
  try {
    return Buffer.concat([decipher.update(bytes.subarray(start)), decipher.final()]);
  } catch {
    return null; // made with another key, or by somebody else
  }
}

function derived(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `holdfast cursor ${use}`, 32));
}

function mac({ mac: key }: Keys, payload: Buffer): Buffer {
  return createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES);
}
