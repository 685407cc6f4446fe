const givenUp = new WeakSet<object>();

/** Remembers that a retry has given up on this error, so that retries further out do not multiply the attempts. */
export function markGivenUp(error: unknown): void {
  if (typeof error === 'object' && error !== null) givenUp.add(error);
}

export function isGivenUp(error: unknown): boolean {
  return typeof error === 'object' && error !== null && givenUp.has(error);
}
