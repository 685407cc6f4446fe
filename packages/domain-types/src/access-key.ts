import { InvalidInput } from '@holdfast/errors';
import type { Branded } from './branded.js';

/** The public half of a key pair, e.g. `AKIAIOSFODNN7EXAMPLE`. It names its owner and is no secret. */
export type AccessKey = Branded<string, 'AccessKey'>;

const pattern = /^[A-Za-z0-9]{4,40}$/;

/**
 * Checks that a text is an access key: 4 to 40 ASCII letters and digits; case counts.
 * Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. The message leaves the text out,
 * because people paste the secret half by mistake.
 */
export function accessKey(text: string, pointer = 'accessKey'): AccessKey {
  if (typeof text === 'string' && pattern.test(text)) return text as AccessKey;
  throw new InvalidInput('INVALID_ID', 'Not an access key: 4 to 40 letters and digits are needed.', pointer);
}
