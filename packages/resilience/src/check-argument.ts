import { Misuse } from '@holdfast/errors';

/** Throws Misuse where an argument of a policy makes no sense. `expected` completes "must be …". */
export function checkArgument(policy: string, right: boolean, name: string, expected: string, value: unknown): void {
  if (!right) throw new Misuse(`${policy}: ${name} must be ${expected}, not ${String(value)}.`);
}

/** A finite number from 0. */
export function isAmount(value: unknown): value is number {
  return typeof value === 'number' && Number.isFinite(value) && value >= 0;
}
