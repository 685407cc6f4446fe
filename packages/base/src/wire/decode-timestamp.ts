import { Misuse } from '@holdfast/errors';
import { Timestamp } from '@holdfast/querier';

const general =
  /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?([+-])(\d\d)(?::(\d\d))?(?::(\d\d))?( BC)?$/;

/** A timestamptz in ISO output (PostgreSQL 8.5.2), of any offset. */
export function decodeTimestamp(text: string): Timestamp {
  const match = general.exec(text);
  if (match === null) throw new Misuse(`A timestamp that no Date can hold, or not in the ISO DateStyle.`);
  const [
    ,
    year,
    month,
    day,
    hour,
    minute,
    second,
    fraction = '',
    sign,
    offsetHours,
    offsetMinutes = '0',
    offsetSeconds = '0',
    era,
  ] = match;
  const digits = fraction.padEnd(6, '0');
  const date = new Date(0);
  // Before the year 1 was the year 1 BC, which JavaScript calls 0 (ISO 8601).
  date.setUTCFullYear(era === undefined ? Number(year) : 1 - Number(year), Number(month) - 1, Number(day));
  date.setUTCHours(Number(hour), Number(minute), Number(second), Number(digits.slice(0, 3)));
  const offset = (Number(offsetHours) * 60 + Number(offsetMinutes)) * 60_000 + Number(offsetSeconds) * 1_000;
  return whole(date.getTime() - (sign === '-' ? -offset : offset), digits);
}

/**
 * PostgreSQL has years up to 294276, a Date up to 275760; what it cannot hold it does not hold as `Invalid Date`. The
 * last three of the six digits of its second are its microseconds.
 */
function whole(time: number, digits: string): Timestamp {
  if (!(Math.abs(time) <= 8.64e15)) throw new Misuse('A timestamp that no Date can hold.');
  return new Timestamp(time, Number(digits.slice(3)));
}

const local = /^(\d{4,6})-(\d\d)-(\d\d) (\d\d):(\d\d):(\d\d)(?:\.(\d{1,6}))?( BC)?$/;

/** A timestamp without time zone, taken for the local time of this process as pg and TypeORM do. */
export function decodeLocalTimestamp(text: string): Timestamp {
  const match = local.exec(text);
  if (match === null) throw new Misuse(`A timestamp that no Date can hold, or not in the ISO DateStyle.`);
  const [, year, month, day, hour, minute, second, fraction = '', era] = match;
  const digits = fraction.padEnd(6, '0');
  const date = new Date(2000, 0, 1);
  date.setFullYear(era === undefined ? Number(year) : 1 - Number(year), Number(month) - 1, Number(day));
  date.setHours(Number(hour), Number(minute), Number(second), Number(digits.slice(0, 3)));
  return whole(date.getTime(), digits);
}

let lastDay = -1;
let lastMidnight = 0;

/** The same from the wire's bytes; fast for UTC and four-digit years, where every digit has its place. */
export function decodeTimestampBytes(bytes: Buffer, at: number, length: number): Timestamp {
  const end = at + length;
  const isPlain =
    bytes[at + 4] === 0x2d && bytes[end - 3] === 0x2b && bytes[end - 2] === 0x30 && bytes[end - 1] === 0x30;
  if (!isPlain || length < 22 || length > 29) return decodeTimestamp(bytes.toString('latin1', at, end));
  const day = (two(bytes, at) * 100 + two(bytes, at + 2)) * 10_000 + two(bytes, at + 5) * 100 + two(bytes, at + 8);
  // Date.UTC takes the years 0 to 99 for those of the last century.
  if (day < 1_000_000) return decodeTimestamp(bytes.toString('latin1', at, end));
  if (day !== lastDay) {
    lastMidnight = Date.UTC(Math.floor(day / 10_000), (Math.floor(day / 100) % 100) - 1, day % 100);
    lastDay = day;
  }
  const seconds = (two(bytes, at + 11) * 60 + two(bytes, at + 14)) * 60 + two(bytes, at + 17);
  // Six digits at most; trailing zeros are not written.
  const digits = length > 22 ? length - 23 : 0;
  const ms = fraction(bytes, at + 20, digits);
  const microseconds = digits > 3 ? fraction(bytes, at + 23, digits - 3) : 0;
  return new Timestamp(lastMidnight + seconds * 1_000 + ms, microseconds);
}

/** Thousandths, of up to three digits. */
function fraction(bytes: Buffer, at: number, digits: number): number {
  if (digits <= 0) return 0;
  let thousandths = digit(bytes, at) * 100;
  if (digits > 1) thousandths += digit(bytes, at + 1) * 10;
  if (digits > 2) thousandths += digit(bytes, at + 2);
  return thousandths;
}

function digit(bytes: Buffer, at: number): number {
  return bytes[at]! - 0x30;
}

function two(bytes: Buffer, at: number): number {
  return (bytes[at]! - 0x30) * 10 + bytes[at + 1]! - 0x30;
}
