/** How a value of a column is to be read from what PostgreSQL says of it: see `readBySql`. */
export type Reading = 'text' | 'number' | 'boolean' | 'instant' | 'local' | 'document' | 'bytes';

/** What SQL selects of one value of a column, for `readAs` to make the value of it. */
export function readable(reading: Reading, sql: string): string {
  switch (reading) {
    case 'instant':
    case 'local':
      // Milliseconds since 1970, as if in UTC where there is no time zone.
      return `floor(extract(epoch FROM ${sql}) * 1000)::text`;
    case 'bytes':
      return `encode(${sql}, 'base64')`;
    default:
      return `${sql}::text`;
  }
}

/** The value that a program is to get. */
export function readAs(reading: Reading, text: string): unknown {
  switch (reading) {
    case 'text':
      return text;
    case 'number':
      return Number(text);
    case 'boolean':
      return text === 'true';
    case 'instant':
      return new Date(Number(text));
    case 'local':
      return localDate(new Date(Number(text)));
    case 'document':
      return JSON.parse(text) as unknown;
    case 'bytes':
      return Uint8Array.from(Buffer.from(text, 'base64'));
  }
}

/** The Date whose local time in this process is what the given one says in UTC. */
function localDate(utc: Date): Date {
  const date = new Date(2000, 0, 1);
  date.setFullYear(utc.getUTCFullYear(), utc.getUTCMonth(), utc.getUTCDate());
  date.setHours(utc.getUTCHours(), utc.getUTCMinutes(), utc.getUTCSeconds(), utc.getUTCMilliseconds());
  return date;
}
