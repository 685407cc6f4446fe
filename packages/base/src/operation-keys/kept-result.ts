import { isDeepStrictEqual } from 'node:util';
import { Misuse } from '@holdfast/errors';

/** What a closure returned, as JSON; a list, since there may be nothing. Throws Misuse for what JSON does not give back as it was. */
export function keptText(result: unknown): string {
  const text = jsonOf(result === undefined ? [] : [result]);
  if (text !== null && isDeepStrictEqual(resultIn(text), result)) return text;
  throw new Misuse(
    'keepResult keeps what JSON gives back as it was: texts, numbers, booleans, null, lists and objects.',
  );
}

/** What was kept. */
export function resultIn(text: string): unknown {
  return (JSON.parse(text) as unknown[])[0];
}

/** Null for what goes round in circles, bigints, and what else there is no JSON of. */
function jsonOf(data: unknown): string | null {
  try {
    return JSON.stringify(data);
  } catch {
    return null;
  }
}
