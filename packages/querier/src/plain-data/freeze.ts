/** Freezes plain data, all the way down and however deep; dates and bytes are left as they are. Returns its argument. */
export function freeze<Data>(data: Data): Data {
  if (!isFreezable(data)) return data;
  // Not by recursion: what is handed in may nest deeper than calls can.
  let pending: object[] | null = null;
  for (let one: object | undefined = data; one !== undefined; one = pending?.pop()) {
    Object.freeze(one);
    // Most members are scalars or dates. Inherited ones are somebody else's.
    for (const key in one) {
      const value = (one as Record<string, unknown>)[key];
      if (isFreezable(value) && Object.hasOwn(one, key)) (pending ??= []).push(value);
    }
  }
  return data;
}

function isFreezable(value: unknown): value is object {
  return (
    typeof value === 'object' &&
    value !== null &&
    !(value instanceof Date) &&
    !Object.isFrozen(value) &&
    !ArrayBuffer.isView(value)
  );
}

/**
 * The same where parts may have been frozen by somebody else, who leaves what is in them as it is: for what is looked at
 * again later. Returns its argument.
 */
export function freezeThroughout<Data>(data: Data): Data {
  // What is small is frozen again where it comes again: to remember it costs more.
  let seen: Set<object> | null = null;
  let count = 0;
  const pending: unknown[] = [data];
  while (pending.length > 0) {
    const one = pending.pop();
    if (typeof one !== 'object' || one === null || one instanceof Date || ArrayBuffer.isView(one)) continue;
    if (++count > SMALL) {
      seen ??= new Set();
      if (seen.has(one)) continue;
      seen.add(one);
    }
    Object.freeze(one);
    for (const key in one) {
      const value = (one as Record<string, unknown>)[key];
      if (typeof value === 'object' && value !== null && Object.hasOwn(one, key)) pending.push(value);
    }
  }
  return data;
}

/** Objects. */
const SMALL = 64;
