import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { InvalidInput, Misuse } from '@holdfast/errors';
import type { Cursor } from './cursor.js';

/** What a cursor is bound to besides its position: another entity, order, filter or scope refuses it. */
export interface CursorBinding {
  readonly entity: string;
  /** The order as text, with directions and placement of NULLs. */
  readonly order: string;
  /** Filter and scope as text, values included. */
  readonly filter: string;
}

export interface CursorCodecArgs {
  /** Secrets of at least 32 characters: the first signs, all are accepted. Rotate by putting a new one in front. */
  readonly keys: readonly [string, ...string[]];
}

const VERSION = 1;
const MAC_BYTES = 16;
const MAX_LENGTH = 4096;

/**
 * Makes and reads cursors: base64url of an HMAC-SHA-256 (RFC 2104, cut to 128 bits) and a JSON payload with the
 * position. Readable to whoever holds it, forged by nobody. Every text that it did not make for this very query is
 * refused as `INVALID_CURSOR`.
 */
export class CursorCodec {
  readonly #keys: readonly string[];

  constructor(args: CursorCodecArgs) {
    if (
      !Array.isArray(args.keys) ||
      args.keys.length === 0 ||
      args.keys.some((key) => typeof key !== 'string' || key.length < 32)
    ) {
      throw new Misuse('A CursorCodec needs keys of at least 32 characters each.');
    }
    this.#keys = [...args.keys];
  }

  /** The cursor of a position: the text form of each order key, in order. */
  encode(binding: CursorBinding, position: readonly (string | null)[]): Cursor {
    const payload = Buffer.from(JSON.stringify([VERSION, binding.entity, ...hashes(binding), position]));
    const cursor = Buffer.concat([mac(this.#keys[0]!, payload), payload]).toString('base64url');
    if (cursor.length > MAX_LENGTH) {
      throw new InvalidInput('INVALID_ORDER', 'The values of this order are too long for a cursor.', '/orders');
    }
    return cursor as Cursor;
  }

  /** The position in a cursor of `length` keys. Throws InvalidInput `INVALID_CURSOR`. */
  decode(binding: CursorBinding, cursor: unknown, length: number, pointer: string): readonly (string | null)[] {
    const payload = this.#verified(cursor);
    if (payload === null) throw refused(pointer);
    const [version, entity, order, filter, position] = payload;
    const [orderHash, filterHash] = hashes(binding);
    const isOurs = version === VERSION && entity === binding.entity && order === orderHash && filter === filterHash;
    if (!isOurs || !isPosition(position) || position.length !== length) throw refused(pointer);
    return position;
  }

  /** The payload of a cursor whose signature one of the keys made, or null. */
  #verified(cursor: unknown): readonly unknown[] | null {
    if (typeof cursor !== 'string' || cursor.length > MAX_LENGTH) return null;
    const bytes = Buffer.from(cursor, 'base64url');
    // Node skips what is not base64url: only the exact spelling is ours.
    if (bytes.length <= MAC_BYTES || bytes.toString('base64url') !== cursor) return null;
    const given = bytes.subarray(0, MAC_BYTES);
    const payload = bytes.subarray(MAC_BYTES);
    if (!this.#keys.some((key) => timingSafeEqual(mac(key, payload), given))) return null;
    return listOf(payload.toString('utf8'));
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

function mac(key: string, payload: Buffer): Buffer {
  return createHmac('sha256', key).update(payload).digest().subarray(0, MAC_BYTES);
}

function hashes(binding: CursorBinding): readonly [order: string, filter: string] {
  return [hash(binding.order), hash(binding.filter)];
}

function hash(text: string): string {
  return createHash('sha256').update(text).digest('base64url').slice(0, 16);
}

function refused(pointer: string): InvalidInput {
  return new InvalidInput('INVALID_CURSOR', 'This cursor was not made for this query.', pointer);
}
