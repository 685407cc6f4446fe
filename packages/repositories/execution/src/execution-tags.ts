import { InvalidInput } from '@holdfast/errors';
import { isPlainObject } from '@holdfast/querier';

/** Texts by name: what is filtered by. */
export type Tags = Readonly<Record<string, string>>;

const MOST_TAGS = 100;

/** Checks tags: a plain object of texts, at most 100. Throws `InvalidInput`. */
export function tagsOf(value: unknown, pointer = '/tags'): Tags {
  if (!isPlainObject(value)) throw new InvalidInput('INVALID_VALUE', 'Tags are an object of texts.', pointer);
  const entries = Object.entries(value);
  if (entries.length > MOST_TAGS) {
    throw new InvalidInput('LIMIT_EXCEEDED', `There are more than ${MOST_TAGS} tags.`, pointer);
  }
  if (entries.every(([, text]) => typeof text === 'string')) return value as Tags;
  throw new InvalidInput('INVALID_VALUE', 'Tags are texts.', pointer);
}
