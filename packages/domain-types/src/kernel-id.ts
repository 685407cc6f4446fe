import type { Branded } from './branded.js';
import { uuidText } from './uuid-text.js';

/** The id of a kernel, one container of a session: a UUID in canonical lower case. */
export type KernelId = Branded<string, 'KernelId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function kernelId(text: string, pointer = 'kernelId'): KernelId {
  return uuidText(text, 'kernel id', pointer) as KernelId;
}
