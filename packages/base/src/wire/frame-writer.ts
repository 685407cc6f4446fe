import { EXECUTE, SYNC } from './frames.js';

// Strings are written straight into one growing buffer; what leaves is a copy, for the socket may keep it.
let scratch = Buffer.allocUnsafeSlow(64 * 1024);
const KEPT = 1024 * 1024;
/** Longer texts are left to Node, whose call alone takes as long as so many signs. */
const SHORT = 40;

function reserve(used: number, more: number): void {
  if (scratch.length >= used + more) return;
  const grown = Buffer.allocUnsafeSlow(Math.max(used + more, scratch.length * 2));
  scratch.copy(grown, 0, 0, used);
  scratch = grown;
}

/** Writes a text for which there is room; returns its bytes. */
function writeText(text: string, at: number): number {
  if (text.length > SHORT) return scratch.write(text, at, 'utf8');
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    if (unit > 0x7f) return scratch.write(text, at, 'utf8');
    scratch[at + i] = unit;
  }
  return text.length;
}

/** Writes messages one after the other. One at a time: `start` before, `take` after. */
export const frameWriter = {
  length: 0,

  start(): void {
    this.length = 0;
  },

  add(message: Buffer): void {
    reserve(this.length, message.length);
    scratch.set(message, this.length);
    this.length += message.length;
  },

  /** Bind and Execute of a prepared statement; values in PostgreSQL's text form. */
  bind(head: Buffer, values: readonly (string | null)[]): void {
    let at = this.length;
    reserve(at, 16 + head.length + values.length * 4);
    const start = at;
    scratch[at] = 0x42; // B
    at += 5;
    scratch.set(head, at);
    at += head.length;
    at = scratch.writeUInt16BE(values.length, at);
    for (let i = 0; i < values.length; i++) {
      const value = values[i]!;
      if (value === null) {
        reserve(at, 4);
        at = scratch.writeInt32BE(-1, at);
        continue;
      }
      reserve(at, 4 + value.length * 3); // UTF-8 takes at most three bytes for a UTF-16 unit
      const bytes = writeText(value, at + 4);
      scratch.writeInt32BE(bytes, at);
      at += 4 + bytes;
    }
    reserve(at, 2);
    at = scratch.writeUInt16BE(0, at); // results in text
    scratch.writeInt32BE(at - start - 1, start + 1);
    this.length = at;
    this.add(EXECUTE);
  },

  /** Everything written since `start`, and a Sync. */
  take(): Buffer {
    this.add(SYNC);
    const message = Buffer.allocUnsafe(this.length);
    scratch.copy(message, 0, 0, this.length);
    if (scratch.length > KEPT) scratch = Buffer.allocUnsafeSlow(64 * 1024);
    return message;
  },
};
