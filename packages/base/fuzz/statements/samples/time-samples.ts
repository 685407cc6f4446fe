import { Timestamp } from '@holdfast/querier';
import fc from 'fast-check';
import type { Sample } from '../sample.js';

const two = (n: number): string => String(n).padStart(2, '0');
const onlySql = (...texts: readonly string[]): fc.Arbitrary<Sample> =>
  fc.constantFrom(...texts).map((text) => ({ text }));

const dates = fc.oneof(
  fc.date({ min: new Date('0001-01-03T00:00:00Z'), max: new Date('9999-12-29T00:00:00Z'), noInvalidDate: true }),
  fc.date({ min: new Date('2000-01-01T00:00:00Z'), max: new Date('2030-01-01T00:00:00Z'), noInvalidDate: true }),
  fc
    .constantFrom('0099-12-31T23:59:59.999Z', '1883-11-18T17:00:00Z', '1970-01-01T00:00:00.001Z')
    .map((t) => new Date(t)),
);

const micros = fc.tuple(dates, fc.integer({ min: 0, max: 999_999 }));
const isoSecond = (date: Date): string => date.toISOString().slice(0, 19);
const fraction = (us: number): string => String(us).padStart(6, '0');

const offset = fc.tuple(fc.constantFrom('+', '-'), fc.integer({ min: 0, max: 13 }), fc.integer({ min: 0, max: 59 }));

export const instants: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 4, arbitrary: dates.map((given) => ({ given, text: given.toISOString() })) },
  {
    weight: 2,
    arbitrary: micros.map(([date, us]) => {
      const given = new Timestamp(date, us % 1_000);
      return { given, text: given.toISOString() };
    }),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(micros, offset).map(([[date, us], [sign, hours, minutes]]) => {
      const given = `${isoSecond(date)}.${fraction(us)}${sign}${two(hours)}:${two(minutes)}`;
      return { given, text: given };
    }),
  },
  {
    weight: 1,
    arbitrary: onlySql(
      '0044-03-15 12:00:00.123456+00 BC',
      '4713-01-02 00:00:00+00 BC',
      '12345-06-07 08:09:10.5+00',
      '0001-01-01 00:00:00+00',
      '275760-09-11 23:59:59.999999+00',
    ),
  },
);

/** A Date's local time of this process, as PostgreSQL reads a timestamp. */
function localText(date: Date): string {
  const day = `${String(date.getFullYear()).padStart(4, '0')}-${two(date.getMonth() + 1)}-${two(date.getDate())}`;
  const time = `${two(date.getHours())}:${two(date.getMinutes())}:${two(date.getSeconds())}`;
  return `${day} ${time}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}

export const localTimes: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 4, arbitrary: dates.map((given) => ({ given, text: localText(given) })) },
  {
    weight: 3,
    arbitrary: micros.map(([date, us]) => {
      const given = `${isoSecond(date)}.${fraction(us)}`;
      return { given, text: given };
    }),
  },
  {
    weight: 1,
    arbitrary: onlySql(
      '0044-03-15 12:00:00.123456 BC',
      '12345-06-07 08:09:10.5',
      '2024-03-10 02:30:00',
      '1883-11-18 12:03:58',
    ),
  },
);

/** What no Date is: to be refused aloud by whoever makes Dates of it. */
export const beyondDates: fc.Arbitrary<Sample> = onlySql('infinity', '-infinity', '294276-12-31 23:59:59.999999');

export const days: fc.Arbitrary<Sample> = fc.oneof(
  { weight: 6, arbitrary: dates.map((date) => date.toISOString().slice(0, 10)).map((text) => ({ given: text, text })) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('0001-01-01', '10000-01-01', '99999-12-31').map((text) => ({ given: text, text })),
  },
  { weight: 1, arbitrary: onlySql('0044-03-15 BC', 'infinity', '-infinity', '5874897-12-31') },
);

export const times: fc.Arbitrary<Sample> = fc.oneof(
  {
    weight: 6,
    arbitrary: micros
      .map(([date, us]) => `${date.toISOString().slice(11, 19)}.${fraction(us)}`)
      .map((text) => ({ given: text, text })),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('00:00', '23:59:59.999999', '12:30:00.5').map((text) => ({ given: text, text })),
  },
  { weight: 1, arbitrary: onlySql('24:00:00') },
);

const span = fc.tuple(
  fc.constantFrom('', '-'),
  fc.integer({ min: 0, max: 400 }),
  fc.integer({ min: 0, max: 86_399_999_999 }),
);

export const intervals: fc.Arbitrary<Sample> = fc.oneof(
  fc
    .constantFrom(
      '00:00:00',
      '1 year 2 mons -3 days +04:05:06.000007',
      '-1 mons',
      '1 day',
      '178000000 years',
      '-00:00:00.000001',
    )
    .map((text) => ({ text, given: text })),
  span.map(([sign, count, us]) => {
    const text = `${sign}${count} days ${two(Math.floor(us / 3_600_000_000))}:${two(Math.floor(us / 60_000_000) % 60)}:${two(Math.floor(us / 1_000_000) % 60)}.${fraction(us % 1_000_000)}`;
    return { text, given: text };
  }),
);

export const zonedTimes: fc.Arbitrary<Sample> = fc
  .constantFrom('00:00:00+00', '23:59:59.999999-12', '12:30:00+05:45', '24:00:00+00', '01:02:03.5+15:59')
  .map((text) => ({ text, given: text }));
