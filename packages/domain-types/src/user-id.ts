import type { Branded } from './branded.js';
import { uuidText } from './uuid-text.js';

/** The id of a user: a UUID in canonical lower case. */
export type UserId = Branded<string, 'UserId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function userId(text: string, pointer = 'userId'): UserId {
  return uuidText(text, 'user id', pointer) as UserId;
}
