import { encoders } from '../entity/encoders.js';
import { Timestamp } from '../entity/timestamp.js';

/** RFC 3339 §5.6 without lower case, up to microseconds. PostgreSQL knows no offset of 16 hours or more. */
export const TIMESTAMP =
  '^\\d{4}-\\d\\d-\\d\\dT([01]\\d|2[0-3]):[0-5]\\d:[0-5]\\d(\\.\\d{1,6})?(Z|[+-](0\\d|1[0-4]):[0-5]\\d)$';

const form = new RegExp(TIMESTAMP);
const fraction = /\.(\d+)/;

/**
 * A point in time: a Date, or where that would lose microseconds, text in UTC. Undefined for what is none, a day that is
 * in no calendar, and years beyond 1 to 9999.
 */
export function readTimestamp(json: unknown): Date | string | undefined {
  if (json instanceof Date) return encoders.timestamptz(json) === null ? undefined : copyOf(json);
  // JavaScript takes the 31st of February for a day in March.
  if (typeof json !== 'string' || !form.test(json) || encoders.date(json.slice(0, 10)) === null) return undefined;
  const digits = fraction.exec(json)?.[1] ?? '';
  const date = new Date(json.replace(fraction, `.${digits.slice(0, 3).padEnd(3, '0')}`));
  if (encoders.timestamptz(date) === null) return undefined;
  return digits.length > 3 ? `${date.toISOString().slice(0, -1)}${digits.slice(3)}Z` : date;
}

function copyOf(time: Date): Date {
  return time instanceof Timestamp ? new Timestamp(time) : new Date(time);
}
