import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { InvalidInput, Misuse } from '@holdfast/errors';
import type { Cursor } from './cursor.js';
import { KeyedHashes } from './keyed-hashes.js';

/** What a cursor is bound to besides its position: another entity, order, filter or scope refuses it. */
export interface CursorBinding {
  readonly entity: string;
  /** The order as text, with directions and placement of NULLs. */
  readonly order: string;
  /** Filter and scope as text, values included. */
  readonly filter: string;
  /** Whether the position may not be read by whoever holds the cursor. */
  readonly isConfidential: boolean;
}

export interface CursorCodecArgs {
  /** Secrets of at least 32 characters: the first signs, all are accepted. Rotate by putting a new one in front. */
  readonly keys: readonly [string, ...string[]];
  /**
   * Which cursors are encrypted: those of orders whose values callers may not see (`confidential`, the default), or
   * `all`. The others are signed, readable, and the same whenever they are made of the same position.
   */
  readonly encrypt?: 'confidential' | 'all';
}

const VERSION = 2;
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
    const payload = Buffer.from(JSON.stringify([VERSION, binding.entity, ...hashes(keys, binding), position]));
    const bytes = this.#encryptsAll || binding.isConfidential ? sealed(keys, payload) : signed(keys, payload);
    const cursor = bytes.toString('base64url');
    if (cursor.length > MAX_LENGTH) {
      throw new InvalidInput('INVALID_ORDER', 'The values of this order are too long for a cursor.', '/orders');
    }
    return cursor as Cursor;
  }

  /** The position in a cursor of `length` keys. Throws InvalidInput `INVALID_CURSOR`. */
  decode(binding: CursorBinding, cursor: unknown, length: number, pointer: string): readonly (string | null)[] {
    const opened = this.#opened(cursor);
    if (opened === null) throw refused(pointer);
    const [version, entity, order, filter, position] = opened.payload;
    const [orderHash, filterHash] = hashes(opened.keys, binding);
    const isOurs = version === VERSION && entity === binding.entity && order === orderHash && filter === filterHash;
    if (!isOurs || !isPosition(position) || position.length !== length) throw refused(pointer);
    return position;
  }

  /** The payload of a cursor with the keys that it was made with, or null. */
  #opened(cursor: unknown): { readonly keys: Keys; readonly payload: readonly unknown[] } | null {
    if (typeof cursor !== 'string' || cursor.length > MAX_LENGTH) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    // Node skips what is not base64url: only the exact spelling is ours.
    if (bytes.toString('base64url') !== cursor) return null;
    const open = bytes[0] === SIGNED ? checked : bytes[0] === SEALED ? unsealed : null;
    if (open === null) return null;
    for (const keys of this.#keys) {
      const text = open(keys, bytes);
      const payload = text === null ? null : listOf(text.toString('utf8'));
      if (payload !== null) return { keys, payload };
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

/** A signature says who signed, not what: the keys may serve elsewhere too. */
function listOf(text: string): readonly unknown[] | null {
  try {
    const value = JSON.parse(text) as unknown;
    return Array.isArray(value) ? value : null;
  } catch {
    return null;
  }
}

function isPosition(value: unknown): value is readonly (string | null)[] {
  return Array.isArray(value) && value.every((text) => text === null || typeof text === 'string');
}

function derived(secret: string, use: string): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `holdfast cursor ${use}`, 32));
}

function mac({ mac: key }: Keys, payload: Buffer): Buffer {
  return createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES);
}

/** With a key: else whoever reads a cursor could try out what its scope and filter were. */
function hashes({ bind }: Keys, { order, filter }: CursorBinding): readonly [order: string, filter: string] {
  return [bind.of(order), bind.of(filter)];
}

function refused(pointer: string): InvalidInput {
  return new InvalidInput('INVALID_CURSOR', 'This cursor was not made for this query.', pointer);
}
