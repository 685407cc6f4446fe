import type { InvalidInput } from '@holdfast/errors';

/** What is said of an error, in a form that can be compared. */
export function refusalOf(error: unknown): object {
  const { name, message, reason, pointer } = error as InvalidInput;
  return { name, message, reason, pointer };
}
