import { InvalidInput } from '@holdfast/errors';

// What specs hold where types were got around: requests are not always checked before they come here.

/** Throws `InvalidInput` for a value that is none of a list. */
export function checkChoice(value: unknown, choices: readonly string[], pointer: string): void {
  if (typeof value === 'string' && choices.includes(value)) return;
  throw new InvalidInput('INVALID_VALUE', `One of ${choices.join(', ')} is needed here.`, pointer);
}

/** Throws `InvalidInput` for what is no text, is empty, or has control characters such as line breaks. */
export function checkText(value: unknown, pointer: string): void {
  if (typeof value === 'string' && value !== '' && !/\p{Cc}/u.test(value)) return;
  throw new InvalidInput('INVALID_VALUE', 'A text without control characters, not empty, is needed here.', pointer);
}

/** Throws `InvalidInput` for what is no moment. */
export function checkMoment(value: unknown, pointer: string): void {
  if (value instanceof Date && !Number.isNaN(value.getTime())) return;
  throw new InvalidInput('INVALID_VALUE', 'A moment is needed here.', pointer);
}

/** Throws `InvalidInput` for what is no list. */
export function checkList(value: unknown, pointer: string): void {
  if (!Array.isArray(value)) throw new InvalidInput('INVALID_VALUE', 'A list is needed here.', pointer);
}

/** Environment variables as they are stored. Throws `InvalidInput` unless they are texts by name; null is none at all. */
export function checkedEnviron(value: unknown, pointer: string): Readonly<Record<string, string>> | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'object' && !Array.isArray(value)) {
    if (Object.values(value).every((one) => typeof one === 'string')) return value as Readonly<Record<string, string>>;
  }
  throw new InvalidInput('INVALID_VALUE', 'Environment variables are texts by name.', pointer);
}
