import { InvalidInput } from '@holdfast/errors';
import { Timestamp } from '@holdfast/querier';

const EARLIEST = Date.parse('0001-01-01T00:00:00Z');
const LATEST = Date.parse('9999-12-31T23:59:59.999Z');

/** A time of the years 1 to 9999 as whole microseconds since 1970, in digits. Throws `InvalidInput` for what is none. */
export function epochMicroseconds(at: unknown, pointer: string): string {
  const ms = at instanceof Date ? at.getTime() : Number.NaN;
  if (!(ms >= EARLIEST && ms <= LATEST)) {
    throw new InvalidInput('INVALID_VALUE', 'A time of the years 1 to 9999 is needed here.', pointer);
  }
  const beyond = at instanceof Timestamp ? at.microseconds : 0;
  const microseconds = ms * 1_000 + beyond;
  return String(Number.isSafeInteger(microseconds) ? microseconds : BigInt(ms) * 1_000n + BigInt(beyond));
}

/**
 * The time of a number of such microseconds, as SQL. Intervals are multiplied as floats, which have no room for all of
 * these digits: but for whole seconds, and for the rest of one.
 */
export function timeOf(microseconds: string): string {
  const seconds = `${microseconds} / 1000000 * interval '1 second'`;
  return `(timestamptz 'epoch' + ${seconds} + ${microseconds} % 1000000 * interval '1 microsecond')`;
}
