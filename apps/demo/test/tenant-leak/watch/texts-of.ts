import { inspect } from 'node:util';
import { isHoldfastError } from '@holdfast/errors';

/** Everything that can be read in a value by whoever gets it, decoded cursors and causes of errors included. */
export function textsOf(value: unknown): readonly string[] {
  const texts = [shown(value), json(value)];
  for (let error = value; error instanceof Error; error = error.cause) {
    texts.push(String(error), error.stack ?? '', shown(error));
    if (isHoldfastError(error)) texts.push(json(error.toProblem()));
    for (const name of Object.getOwnPropertyNames(error)) texts.push(shown(Reflect.get(error, name)));
  }
  return [...texts, ...texts.flatMap(decoded)];
}

function shown(value: unknown): string {
  const everything = { depth: Infinity, maxArrayLength: null, maxStringLength: null, showHidden: true, getters: true };
  return inspect(value, everything);
}

/** As a service would answer it. */
export function json(value: unknown): string {
  const plain = (_: string, member: unknown): unknown => {
    if (typeof member === 'bigint') return String(member);
    return member instanceof Map ? [...(member as Map<unknown, unknown>)] : member;
  };
  return JSON.stringify(value, plain) ?? 'undefined';
}

/** What a cursor says to whoever decodes it. */
function decoded(text: string): readonly string[] {
  return (text.match(/[\w-]{24,}/g) ?? []).map((word) => Buffer.from(word, 'base64url').toString('latin1'));
}
