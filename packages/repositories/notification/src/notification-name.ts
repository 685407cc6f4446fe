import { z } from 'zod';
import { checkedInput } from './checked-input.js';

const name = z.string().max(256).regex(/\S/, { error: 'A name has at least one character' });
const description = z.string().max(2_048).nullable();

/** Checks the name of a channel or rule: 1 to 256 characters, not all of them blank. Throws `InvalidInput`. */
export function notificationName(text: string): string {
  return checkedInput(name, text, '/name');
}

/** Checks a description: at most 2,048 characters, or null. Throws `InvalidInput`. */
export function notificationDescription(text: string | null): string | null {
  return checkedInput(description, text, '/description');
}
