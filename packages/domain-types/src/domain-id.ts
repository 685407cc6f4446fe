import type { Branded } from './branded.js';
import { uuidText } from './uuid-text.js';

/** The id of a domain besides its name: a UUID in canonical lower case. */
export type DomainId = Branded<string, 'DomainId'>;

/** Checks that a text is a UUID. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function domainId(text: string, pointer = 'domainId'): DomainId {
  return uuidText(text, 'domain id', pointer) as DomainId;
}
