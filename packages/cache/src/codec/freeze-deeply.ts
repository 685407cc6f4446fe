/**
 * Freezes plain objects and lists all the way down, cycles included. What is an instance of something, a date for one, is
 * left as it is. Returns its argument.
 */
export function freezeDeeply<Data>(data: Data): Data {
  const pending: unknown[] = [data];
  while (pending.length > 0) {
    const one = pending.pop();
    if (!isPlain(one) || Object.isFrozen(one)) continue;
    Object.freeze(one);
    for (const value of Object.values(one)) pending.push(value);
  }
  return data;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}
