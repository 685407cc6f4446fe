import { types } from 'node:util';

/** Whether plain data reads the same whenever it is read, so many levels down: frozen, and nothing of it made by code. */
export function isSettled(data: unknown, levels: number): boolean {
  if (typeof data !== 'object' || data === null || levels === 0) return true;
  if (types.isProxy(data) || !Object.isFrozen(data)) return false;
  return Object.values(Object.getOwnPropertyDescriptors(data)).every(
    (member: PropertyDescriptor) => 'value' in member && isSettled(member.value, levels - 1),
  );
}
