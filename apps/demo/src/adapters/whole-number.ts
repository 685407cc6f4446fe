import { z } from 'zod';

/** A whole number between two limits, both included, which its message names. */
export function wholeNumber(least: number, most: number) {
  const message = `A whole number from ${least} to ${most} is needed`;
  return z.int(message).min(least, message).max(most, message);
}
