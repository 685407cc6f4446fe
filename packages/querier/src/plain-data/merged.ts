/**
 * An object with what both have; the second one's word counts. As spreading both does, which is slow in V8. `__proto__` is
 * a name like any other here, too.
 */
export function merged<First extends object, Second extends object>(first: First, second: Second): First & Second {
  const isOdd = Object.hasOwn(first, '__proto__') || Object.hasOwn(second, '__proto__');
  return isOdd ? { ...first, ...second } : Object.assign({}, first, second);
}
