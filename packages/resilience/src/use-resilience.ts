import { Misuse } from '@holdfast/errors';
import { replacement } from './replacement.js';
import type { Resilience } from './resilience.js';

/**
 * Makes the methods of one instance that are decorated with `apply()` use `resilience` instead of their module's default.
 * For constructors: `if (args.resilience) useResilience(this, args.resilience)`. The last call counts.
 * Throws Misuse on a frozen instance.
 */
export function useResilience(instance: object, resilience: Resilience): void {
  const placed = Reflect.defineProperty(instance, replacement, {
    value: resilience,
    writable: true,
    configurable: true,
    enumerable: false,
  });
  if (!placed) throw new Misuse('useResilience() cannot change a frozen object: call it before the object is frozen.');
}
