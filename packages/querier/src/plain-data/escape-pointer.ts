import { shown } from './shown.js';

/** One step of a JSON pointer (RFC 6901 §3); of a name that is too long to be shown, its beginning. */
export function escapePointer(name: string): string {
  const step = shown(name);
  return /[~/]/.test(step) ? step.replaceAll('~', '~0').replaceAll('/', '~1') : step;
}
