import { Timestamp } from '@holdfast/querier';

/** How a value of a column is to be read from what PostgreSQL says of it: see `readable`. */
export type Reading = 'text' | 'number' | 'boolean' | 'instant' | 'local' | 'document' | 'bytes' | 'output' | 'list';

/** What SQL selects of one value of a column, for `readAs` to make the value of it. */
export function readable(reading: Reading, sql: string): string {
  switch (reading) {
    case 'instant':
    case 'local':
      // Microseconds since 1970, as if in UTC where there is no time zone.
      return `trunc(extract(epoch FROM ${sql}) * 1000000)::text`;
    case 'bytes':
      return `encode(${sql}, 'base64')`;
    case 'output':
      // As it comes over the wire: a cast to text cuts blanks off, and says of an address how long it is.
      return `CASE WHEN ${sql} IS NOT NULL THEN concat(${sql}) END`;
    default:
      return `${sql}::text`;
  }
}

/** The value that a program is to get. */
export function readAs(reading: Reading, text: string): unknown {
  switch (reading) {
    case 'text':
    case 'output':
      return text;
    case 'list':
      return text === '' ? [] : text.split(',');
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'instant':
      return timestamp(text, (ms) => new Date(ms));
    case 'local':
      return timestamp(text, (ms) => localDate(new Date(ms)));
    case 'document':
      return JSON.parse(text) as unknown;
    case 'bytes':
      return Uint8Array.from(Buffer.from(text, 'base64'));
  }
}

/** The time of so many microseconds; an infinite one is no Date. */
function timestamp(text: string, dateOf: (ms: number) => Date): Date {
  if (text.endsWith('nfinity')) return new Date(NaN);
  const microseconds = BigInt(text);
  const beyond = ((microseconds % 1_000n) + 1_000n) % 1_000n;
  const date = dateOf(Number((microseconds - beyond) / 1_000n));
  return Number.isNaN(date.getTime()) ? date : new Timestamp(date, Number(beyond));
}

/** The Date whose local time in this process is what the given one says in UTC. */
function localDate(utc: Date): Date {
  const date = new Date(2000, 0, 1);
  date.setFullYear(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate());
  date.setHours(utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds(), utc.getUTCMilliseconds());
  return date;
}
