/**
 * Freezes plain objects and lists all the way down, cycles and what is frozen at its top alone included. What is an instance
 * of something is left as it is: a date, a Map or a Set cannot be frozen. Returns its argument.
 */
export function freezeDeeply<Data>(data: Data): Data {
  const pending: unknown[] = [data];
  // Most data has nothing in it that is frozen, or that is in it twice.
  let seen: Set<object> | undefined;
  while (pending.length > 0) {
    const one = pending.pop();
    if (!isPlain(one)) continue;
    if (Object.isFrozen(one)) {
      if (seen?.has(one)) continue;
      (seen ??= new Set()).add(one);
    } else Object.freeze(one);
    for (const value of Object.values(one)) pending.push(value);
  }
  return data;
}

function isPlain(value: unknown): value is object {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === Object.prototype || prototype === null || Array.isArray(value);
}
