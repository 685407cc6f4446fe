import { types } from 'node:util';

/**
 * What `fallback` brings instead of `error`. Where it fails in turn, that is what the caller sees, with the error before as
 * the cause of an error that has none.
 */
export async function instead(error: unknown, fallback: () => unknown): Promise<unknown> {
  try {
    return await fallback();
  } catch (newer) {
    if (newer !== error && types.isNativeError(newer) && newer.cause === undefined) {
      Reflect.defineProperty(newer, 'cause', { value: error, writable: true, configurable: true, enumerable: false });
    }
    throw newer;
  }
}
