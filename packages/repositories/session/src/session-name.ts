import { InvalidInput } from '@holdfast/errors';

const pattern = /^\w(?:[\w.-]{0,62}\w)?$/;

/**
 * Checks the name of a session: 1 to 64 ASCII letters, digits, underscores, dots and hyphens, with neither dot nor
 * hyphen at the ends. Throws `InvalidInput` (`INVALID_VALUE`).
 */
export function sessionName(text: string, pointer = '/name'): string {
  if (typeof text === 'string' && pattern.test(text)) return text;
  const rule = '1 to 64 letters, digits, underscores, dots and hyphens, with neither dot nor hyphen at the ends';
  throw new InvalidInput('INVALID_VALUE', `The name of a session is ${rule}.`, pointer);
}
