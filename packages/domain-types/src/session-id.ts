import type { Branded } from './branded.js';
import { uuidText } from './uuid-text.js';

/** The id of a compute session: a UUID in canonical lower case. */
export type SessionId = Branded<string, 'SessionId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function sessionId(text: string, pointer = 'sessionId'): SessionId {
  return uuidText(text, 'session id', pointer) as SessionId;
}
