const givenUp = new WeakSet<object>();

/**
 * Remembers that whoever made the work again has given up on this error, or that it must not be made again: what retries
 * further out lets the error pass, so that attempts are not multiplied.
 */
export function markGivenUp(error: unknown): void {
  if (typeof error === 'object' && error !== null) givenUp.add(error);
}

/** Whether an error was marked so: there is no point in making the work again, and maybe harm. */
export function isGivenUp(error: unknown): boolean {
  return typeof error === 'object' && error !== null && givenUp.has(error);
}
