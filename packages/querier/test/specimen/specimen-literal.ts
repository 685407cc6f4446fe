import { jsonNull } from '../oracle/json-null.js';
import type { SpecimenColumn } from './specimen-column.js';

/** A row's value in PostgreSQL's text form, written here a second time so that no encoder vouches for itself. */
export function specimenLiteral(column: SpecimenColumn, value: unknown): string | null {
  if (value === null) return null;
  if (!column.array) return element(column, value);
  const elements = (value as readonly unknown[]).map((one) =>
    one === null ? 'NULL' : `"${element(column, one).replace(/["\\]/g, '\\$&')}"`,
  );
  return `{${elements.join(',')}}`;
}

function element(column: SpecimenColumn, value: unknown): string {
  if (column.kind === 'json') return value === jsonNull ? 'null' : JSON.stringify(value);
  if (value instanceof Date) return column.kind === 'local' ? localTime(value) : value.toISOString();
  if (value instanceof Uint8Array) return `\\x${Buffer.from(value).toString('hex')}`;
  return Object.is(value, -0) ? '-0' : String(value);
}

function localTime(date: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const day = [String(date.getFullYear()).padStart(4, '0'), two(date.getMonth() + 1), two(date.getDate())].join('-');
  const time = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
