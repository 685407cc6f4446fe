import { sqlStateOf } from './sql-state.js';

/** What a server says of an error in the words of its catalog and of its source: never of a row. */
const told = [
  'severity',
  'code',
  'hint',
  'position',
  'schema',
  'table',
  'column',
  'dataType',
  'constraint',
  'file',
  'line',
  'routine',
] as const;

/** States and classes whose details speak of connections, transactions, limits and definitions, and not of rows. */
const plainDetails = new Set(['08', '2B', '40', '42', '53', '55', '57']);

/**
 * An error of the server's as it may be printed: causes are printed with what they cause, and details (`Failing row
 * contains (…)`, `Key (…)=(…)`), contexts (`COPY …`), inner queries and the texts of class 22 hold values of rows. What
 * reads JSON quotes it. Any other value is what it is.
 */
export function withoutValues(cause: unknown): unknown {
  if (cause instanceof SyntaxError) return rewritten(cause, 'What was to be read is malformed.');
  const state = sqlStateOf(cause);
  // Not `instanceof Error`: see `rowOf`.
  if (state === null || typeof (cause as { readonly message?: unknown }).message !== 'string') return cause;
  const error = cause as Error;
  const copy = rewritten(error, state.startsWith('22') ? beforeQuotes(error.message) : error.message);
  const fields = error as unknown as Readonly<Record<string, unknown>>;
  for (const name of plainDetails.has(state.slice(0, 2)) ? [...told, 'detail'] : told) {
    if (fields[name] !== undefined) Object.assign(copy, { [name]: fields[name] });
  }
  return copy;
}

/** The same error with another text, also in its stack. The error itself is left alone: it may be somebody else's, too. */
function rewritten(error: Error, message: string): Error {
  const copy = new Error(message);
  Object.setPrototypeOf(copy, Object.getPrototypeOf(error) as object);
  const { name, stack = '' } = error;
  const at = stack.indexOf(error.message);
  const frames = at === -1 ? '' : stack.slice(at + error.message.length);
  Object.defineProperty(copy, 'name', { value: name, enumerable: false, configurable: true, writable: true });
  Object.defineProperty(copy, 'stack', { value: `${name}: ${message}${frames}`, configurable: true, writable: true });
  return copy;
}

/** In whatever language: values stand in quotation marks, and bytes behind what they are. */
function beforeQuotes(message: string): string {
  return message.replace(/["'`«»‹›„“”‘’「」『』].*$|: .*$|0x.*$/su, '…');
}
