import { Misuse } from '@holdfast/errors';

/** Throws Misuse where an argument of a policy makes no sense. `expected` completes "must be …". */
export function checkArgument(policy: string, right: boolean, name: string, expected: string, value: unknown): void {
  if (!right) throw new Misuse(`${policy}: ${name} must be ${expected}, not ${shown(value)}.`);
}

/** A finite number from 0. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}

function shown(value: unknown): string {
  try {
    return String(value);
  } catch {
    return 'something that has no text';
  }
}
