import { isPlainObject } from './plain-object.js';

const deepest = 64;

/**
 * Whether a value is JSON through and through, so that nothing of it is lost on its way: JSON.stringify leaves out what is
 * undefined, which would widen a containment.
 */
export function isJson(value: unknown, depth = 0): boolean {
  if (value === null || typeof value === 'string' || typeof value === 'boolean') return true;
  if (typeof value === 'number') return Number.isFinite(value);
  if (typeof value !== 'object' || depth === deepest) return false;
  if (Array.isArray(value)) return Array.from(value as unknown[]).every((one) => isJson(one, depth + 1));
  return isPlainObject(value) && Object.values(value).every((one) => isJson(one, depth + 1));
}
