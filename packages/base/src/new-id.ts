import { v7 } from 'uuid';

/** A new key: a UUID of version 7 (RFC 9562 §5.7), so that keys made later sort later. */
export function newId(): string {
  return v7();
}
