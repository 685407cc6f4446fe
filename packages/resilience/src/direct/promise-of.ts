import type { Call } from '../call.js';
import type { Way } from './answer.js';

/** The outcome of a call on its way, as a promise. */
export function promiseOf<Result>(call: Call, way: Way): Promise<Result> {
  return new Promise<unknown>((give, fail) => way(call, { give, fail })) as Promise<Result>;
}
