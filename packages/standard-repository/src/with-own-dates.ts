import { Timestamp } from '@holdfast/querier';

/**
 * The same frozen data with dates of their own: a date cannot be frozen, and whoever is given a copy may change it. What has
 * none is shared.
 */
export function withOwnDates<Data>(data: Data): Data {
  if (data instanceof Timestamp) return new Timestamp(data) as Data;
  if (data instanceof Date) return new Date(data) as Data;
  if (Array.isArray(data)) {
    const items = (data as readonly unknown[]).map(withOwnDates);
    return items.some((item, i) => item !== data[i]) ? (Object.freeze(items) as Data) : data;
  }
  if (!isPlain(data)) return data;
  const entries = Object.entries(data).map(([key, value]) => [key, withOwnDates(value as unknown)] as const);
  if (entries.every(([key, value]) => value === (data as Readonly<Record<string, unknown>>)[key])) return data;
  return Object.freeze(Object.fromEntries(entries)) as Data;
}

function isPlain(value: unknown): value is object {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
