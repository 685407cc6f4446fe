import { z } from 'zod';

/** Text that PostgreSQL can keep, also inside of jsonb: no NUL character and no half of a surrogate pair. */
export function storableText(longest: number) {
  return z
    .string()
    .max(longest, `A text of at most ${longest} characters is needed`)
    .refine((text) => !text.includes('\0') && text.isWellFormed(), 'The text holds characters that cannot be stored');
}
