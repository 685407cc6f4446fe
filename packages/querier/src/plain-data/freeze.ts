/** Freezes plain data, all the way down; dates and bytes are left as they are. Returns its argument. */
export function freeze<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data;
  if (data instanceof Date || ArrayBuffer.isView(data)) return data;
  Object.freeze(data);
  // Most members are scalars or dates: for them nothing is called. Inherited ones are somebody else's.
  for (const key in data) {
    const value = data[key];
    if (typeof value === 'object' && value !== null && !(value instanceof Date) && Object.hasOwn(data, key))
      freeze(value);
  }
  return data;
}
