/** Of a UUID in its text form. */
const LENGTH = 36;
const HYPHEN = '-'.charCodeAt(0);
/** By byte: 0 for hexadecimal digits. */
const isNoDigit = new Uint8Array(256).fill(1);
for (const digit of '0123456789abcdefABCDEF') isNoDigit[digit.charCodeAt(0)] = 0;

/** Bytes for lists of up to some 7,000 UUIDs. */
const KEPT = 256 * 1024;
const scratch = Buffer.allocUnsafeSlow(KEPT);

/**
 * UUIDs (RFC 9562, section 4) as one text, with commas between them; null where one of the values is none. A list
 * of ids costs what it takes to look at each, so that it is not a pattern that looks, once for each, but all bytes are
 * compared in one pass.
 */
export function uuidList(values: readonly unknown[]): string | null {
  for (let i = 0; i < values.length; i++) {
    const value = values[i];
    if (typeof value !== 'string' || value.length !== LENGTH) return null;
  }
  const text = values.join();
  const bytes = text.length > KEPT ? Buffer.allocUnsafeSlow(text.length) : scratch;
  // The first sign that is not ASCII's is found by its first byte; where there is no room for it, less is written.
  if (bytes.write(text, 0, text.length) !== text.length) return null;
  let wrong = 0;
  for (let at = 0; at < text.length; at += LENGTH + 1) {
    // 8, 4, 4, 4 and 12 digits, written out: a table of the places would be looked at for each byte.
    wrong |= notFourDigits(bytes, at) | notFourDigits(bytes, at + 4) | (bytes[at + 8]! ^ HYPHEN);
    wrong |= notFourDigits(bytes, at + 9) | (bytes[at + 13]! ^ HYPHEN);
    wrong |= notFourDigits(bytes, at + 14) | (bytes[at + 18]! ^ HYPHEN);
    wrong |= notFourDigits(bytes, at + 19) | (bytes[at + 23]! ^ HYPHEN);
    wrong |= notFourDigits(bytes, at + 24) | notFourDigits(bytes, at + 28) | notFourDigits(bytes, at + 32);
  }
  return wrong === 0 ? text : null;
}

/** 0 where four bytes are hexadecimal digits. */
function notFourDigits(bytes: Uint8Array, at: number): number {
  return isNoDigit[bytes[at]!]! | isNoDigit[bytes[at + 1]!]! | isNoDigit[bytes[at + 2]!]! | isNoDigit[bytes[at + 3]!]!;
}
