import type { Branded } from './branded.js';
import { nameText } from './name-text.js';

/** The name of a domain, the outermost tenant; it is the key of a domain too. */
export type DomainName = Branded<string, 'DomainName'>;

/** Checks a name by the rule of `nameText`. Throws `InvalidInput` (`INVALID_ID`), naming `pointer` as the offending part. */
export function domainName(text: string, pointer = 'domainName'): DomainName {
  return nameText(text, 'domain name', pointer) as DomainName;
}
