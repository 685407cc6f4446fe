import { Timestamp } from '@holdfast/querier';

/**
 * The same frozen data with dates of their own: a date cannot be frozen, and whoever is given a copy may change it. What has
 * none is shared.
 */
export function withOwnDates<Data>(data: Data): Data {
  if (typeof data !== 'object' || data === null) return data;
  if (data instanceof Date) return (data instanceof Timestamp ? new Timestamp(data) : new Date(data)) as Data;
  if (Array.isArray(data)) {
    const items = (data as readonly unknown[]).map(withOwnDates);
    return items.some((item, i) => item !== data[i]) ? (Object.freeze(items) as Data) : data;
  }
  return Object.getPrototypeOf(data) === Object.prototype ? membersWithOwnDates(data) : data;
}

/** Every hit does this: nothing is made that is not given. */
function membersWithOwnDates<Data extends object>(data: Data): Data {
  let copy: Record<string, unknown> | null = null;
  for (const name of Object.keys(data) as (keyof Data & string)[]) {
    const value: unknown = data[name];
    const own = withOwnDates(value);
    if (own === value) continue;
    copy ??= { ...data } as Record<string, unknown>;
    copy[name] = own;
  }
  return copy === null ? data : (Object.freeze(copy) as Data);
}
