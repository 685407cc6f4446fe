import { microsecondsOf } from '../../src/entity/timestamp.js';

const instant = /^(\d{4,6})-(\d\d)-(\d\d)[T ](\d\d):(\d\d)(?::(\d\d)(?:\.(\d{1,6}))?)?(Z|[+-]\d\d(?::?\d\d)?)$/i;
const daysPerCycle = 146_097; // 400 years

/** Days since the start of 1970, for a year of any size. */
function daysOf(year: number, month: number, day: number): number {
  const cycles = Math.floor((year - 2000) / 400);
  return Date.UTC(year - cycles * 400, month - 1, day) / 86_400_000 + cycles * daysPerCycle;
}

/** A Date, or a text in ISO 8601 with an offset, as microseconds since the start of 1970. */
export function microsecondsOfInstant(value: unknown): number | bigint {
  if (value instanceof Date) return BigInt(value.getTime()) * 1000n + BigInt(microsecondsOf(value));
  if (value === 'infinity') return Infinity;
  if (value === '-infinity') return -Infinity;
  const parts = instant.exec(value as string);
  if (parts === null) throw new Error(`The oracle knows no instant ${String(value)}.`);
  const [year, month, day, hour, minute] = parts.slice(1, 6).map(Number) as [number, number, number, number, number];
  const [, sign, hours, minutes = '0'] = /^([+-])(\d\d):?(\d\d)?$/.exec(parts[8]!) ?? [null, '+', '0', '0'];
  const ahead = (Number(hours) * 60 + Number(minutes)) * (sign === '-' ? -1 : 1);
  const seconds = daysOf(year, month, day) * 86_400 + hour * 3600 + minute * 60 + Number(parts[6] ?? 0) - ahead * 60;
  return BigInt(seconds) * 1_000_000n + BigInt((parts[7] ?? '').padEnd(6, '0'));
}

/** A Date as this process shows it, or a text without an offset, as microseconds since the start of 1970 there. */
export function microsecondsOfLocalTime(value: unknown): number | bigint {
  if (value instanceof Date) {
    const days = daysOf(value.getFullYear(), value.getMonth() + 1, value.getDate());
    const seconds = ((days * 24 + value.getHours()) * 60 + value.getMinutes()) * 60 + value.getSeconds();
    return BigInt(seconds) * 1_000_000n + BigInt(value.getMilliseconds() * 1000 + microsecondsOf(value));
  }
  const text = value as string;
  return microsecondsOfInstant(text.endsWith('infinity') ? text : `${text}Z`);
}

/** A time of day as microseconds since midnight. */
export function microsecondsOfTime(value: unknown): number {
  const [hour, minute, second = '0'] = (value as string).split(':');
  return Math.round((Number(hour) * 3600 + Number(minute) * 60 + Number(second)) * 1e6);
}

/** A date as days since the start of 1970; the year before 1 is `0001-… BC`. */
export function dayNumber(value: unknown): number {
  if (value === 'infinity') return Infinity;
  if (value === '-infinity') return -Infinity;
  const [, year, month, day, era] = /^(\d+)-(\d\d)-(\d\d)( BC)?$/.exec(value as string)!;
  return daysOf(era === undefined ? Number(year) : 1 - Number(year), Number(month), Number(day));
}
