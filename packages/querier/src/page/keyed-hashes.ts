import { createHmac } from 'node:crypto';

const LENGTH = 16;
/** Hashes that are kept, of texts of so many characters at most: half a megabyte in all. */
const KEPT = 500;
const LONGEST = 1_000;

/**
 * Hashes with a key (HMAC-SHA-256, RFC 2104, cut to 96 bits). The orders and filters of an application come again and
 * again, and hashing them is most of what reading a cursor costs: those that came last are kept.
 */
export class KeyedHashes {
  readonly #key: Buffer;
  readonly #kept = new Map<string, string>();

  constructor(key: Buffer) {
    this.#key = key;
  }

  of(text: string): string {
    const kept = this.#kept.get(text);
    if (kept !== undefined) return kept;
    const hash = createHmac('sha256', this.#key).update(text).digest('base64url').slice(0, LENGTH);
    if (text.length > LONGEST) return hash;
    // A map is in the order of insertion: the oldest goes.
    if (this.#kept.size >= KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    this.#kept.set(text, hash);
    return hash;
  }
}
