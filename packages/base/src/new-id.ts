import { randomUUID } from 'node:crypto';

// What the next key begins with, and how many have begun with it.
let ms = 0;
let count = 0;
let head = '';

/**
 * A new key: a UUID of version 7 (RFC 9562 §5.7), so that keys made later sort later. Those of one millisecond are told
 * apart by a counter of 12 bits (§6.2, method 1) and 62 random bits, taken from Node's own, which come in stores; 16 random
 * bytes for each would cost more than all the rest.
 */
export function newId(): string {
  const random = randomUUID();
  const now = Date.now();
  if (now > ms) {
    begin(now, Number.parseInt(random.slice(15, 18), 16) & 0x7ff);
  } else if (++count === 0x1000) {
    // Ahead of the clock, until it has caught up.
    begin(ms + 1, 0);
  }
  return head + (0x1000 + count).toString(16).slice(1) + random.slice(18);
}

function begin(time: number, first: number): void {
  ms = time;
  count = first;
  const digits = time.toString(16).padStart(12, '0');
  head = `${digits.slice(0, 8)}-${digits.slice(8)}-7`;
}
