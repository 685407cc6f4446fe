// Longer ones would cost time before they cost anything else.
const MOST_BYTES = 1_024;

/** The same text whichever way its characters are composed. */
export function normalized(plain: string): string {
  return plain.normalize('NFKC');
}

/** Whether a password is longer than any can be. */
export function isTooLong(plain: string): boolean {
  return Buffer.byteLength(plain) > MOST_BYTES || Buffer.byteLength(normalized(plain)) > MOST_BYTES;
}
