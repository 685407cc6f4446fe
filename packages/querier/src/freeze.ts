/** Freezes plain data, all the way down; dates and bytes are left as they are. Returns its argument. */
export function freeze<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null || Object.isFrozen(data)) return data;
  if (data instanceof Date || ArrayBuffer.isView(data)) return data;
  Object.freeze(data);
  for (const value of Object.values(data)) {
    if (typeof value === 'object') freeze(value);
  }
  return data;
}
