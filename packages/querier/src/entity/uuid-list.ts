/** Of a UUID in its text form. */
const LENGTH = 36;
const HYPHEN = 1;
const NEITHER = 2;
const kindOf = new Uint8Array(256).fill(NEITHER);
for (const digit of '0123456789abcdefABCDEF') kindOf[digit.charCodeAt(0)] = 0;
kindOf['-'.charCodeAt(0)] = HYPHEN;
const form = new Uint8Array(LENGTH);
for (const at of [8, 13, 18, 23]) form[at] = HYPHEN;

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
  for (let start = 0; start < text.length; start += LENGTH + 1) {
    for (let i = 0; i < LENGTH; i++) wrong |= kindOf[bytes[start + i]!]! ^ form[i]!;
  }
  return wrong === 0 ? text : null;
}
