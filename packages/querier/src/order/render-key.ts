import type { OrderKey } from './order-key.js';

/**
 * A key's value as text that is the same in every session, whatever its TimeZone, DateStyle or bytea_output, and from
 * which the key's type is read back exactly.
 */
export function renderKey({ sql, type }: Pick<OrderKey, 'sql' | 'type'>): string {
  switch (type.kind) {
    case 'timestamptz':
    case 'timestamp':
    case 'date':
    case 'time':
      // JSON knows ISO 8601 only (PostgreSQL 9.16).
      return `to_json(${sql}) #>> '{}'`;
    case 'bytea':
      return `'\\x' || encode(${sql}, 'hex')`;
    default:
      return `${sql}::text`;
  }
}
