/** Somebody who has an answer, and tells it. */
export interface Teller {
  tell(): void;
}

// Node's own: who replaces timers in a test means their own.
const { setImmediate } = globalThis;
let tellers: Teller[] = [];

/**
 * Has it tell its answer once all connections have been read that have something by now (in Node's check phase, right
 * behind the one that reads). So everything is read and decoded first, and then all callers go on: a processor that changes
 * between the kernel, the decoder and the code of callers for every single statement finds its caches filled with
 * something else each time. docs/performance.md says what that is worth.
 */
export function tellTogether(teller: Teller): void {
  if (tellers.push(teller) === 1) setImmediate(tellAll);
}

function tellAll(): void {
  const all = tellers;
  tellers = [];
  for (const teller of all) {
    try {
      teller.tell();
    } catch (error) {
      // No reason for others not to hear theirs.
      queueMicrotask(() => {
        throw error;
      });
    }
  }
}
