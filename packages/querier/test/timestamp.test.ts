import { inspect } from 'node:util';
import { describe, expect, it } from '@jest/globals';
import { InvalidInput, Misuse } from '@holdfast/errors';
import { batchQuerier, columnType, encodeValue, queryHash, Timestamp, where } from '../src/index.js';
import { readTimestamp } from '../src/fields/read-timestamp.js';

const text = '2026-03-08T01:59:59.123456Z';

describe('a Timestamp', () => {
  const time = Timestamp.of(text);

  it('is a Date in every respect', () => {
    const date = new Date('2026-03-08T01:59:59.123Z');

    expect(time).toBeInstanceOf(Date);
    expect(time).toEqual(date);
    expect([+time, time.getTime(), time.getUTCMilliseconds()]).toEqual([+date, date.getTime(), 123]);
    expect([`${time.toUTCString()}`, Number(time)]).toEqual([date.toUTCString(), Number(date)]);
    expect(Object.prototype.toString.call(time)).toBe('[object Date]');
  });

  it('has the microseconds, and a text form with six digits, in JSON too', () => {
    expect(time.microseconds).toBe(456);
    expect(time.toISOString()).toBe(text);
    expect(JSON.stringify({ time })).toBe(`{"time":"${text}"}`);
    expect(new Timestamp(0).toISOString()).toBe('1970-01-01T00:00:00.000000Z');
    expect(new Timestamp(-1, 7).toISOString()).toBe('1969-12-31T23:59:59.999007Z');
    expect(inspect({ time })).toBe(`{ time: ${text} }`);
  });

  it.each([
    ['2026-03-08T01:59:59Z', '2026-03-08T01:59:59.000000Z'],
    ['2026-03-08T01:59:59.1Z', '2026-03-08T01:59:59.100000Z'],
    ['2026-03-08T01:59:59.00004+05:30', '2026-03-07T20:29:59.000040Z'],
    ['1969-12-31T23:59:59.999999-00:00', '1969-12-31T23:59:59.999999Z'],
  ])('is read from %s', (given, iso) => expect(Timestamp.of(given).toISOString()).toBe(iso));

  it.each(['', 'now', '2026-03-08', '2026-03-08T01:59:59', '2026-13-08T01:59:59Z', '2026-03-08T01:59:59.1234567Z'])(
    'is not read from %j',
    (given) => expect(() => Timestamp.of(given)).toThrow(InvalidInput),
  );

  it.each([-1, 1000, NaN])('has no %p microseconds', (microseconds) =>
    expect(() => new Timestamp(0, microseconds)).toThrow(Misuse),
  );

  it('keeps its microseconds in a copy of its own kind, and loses them where it is moved or copied as a Date', () => {
    const moved = new Timestamp(time);
    expect(moved.toISOString()).toBe(text);

    moved.setUTCDate(9);

    expect(moved.toISOString()).toBe('2026-03-09T01:59:59.123000Z');
    expect(new Date(time).toISOString()).toBe('2026-03-08T01:59:59.123Z');
    expect(structuredClone(time).toISOString()).toBe('2026-03-08T01:59:59.123Z');
    expect(Object.freeze(new Timestamp(time)).microseconds).toBe(456);
  });

  it('is told apart from its neighbours within the millisecond, and stands among Dates', () => {
    const sorted = ['…123456', '…122', '…123', '…123457'].map((last) =>
      last.length > 5
        ? Timestamp.of(`2026-03-08T01:59:59.${last.slice(1)}Z`)
        : new Date(`2026-03-08T01:59:59.${last.slice(1)}Z`),
    );

    sorted.sort(Timestamp.compare);

    expect(sorted.map((each) => each.toISOString().slice(20, -1))).toEqual(['122', '123', '123456', '123457']);
    expect(Timestamp.compare(time, Timestamp.of(text))).toBe(0);
  });

  it('has no text where it is no time, and is null in JSON', () => {
    const none = new Timestamp(NaN);

    expect(() => none.toISOString()).toThrow(RangeError);
    expect([JSON.stringify(none), inspect(none), none.microseconds]).toEqual(['null', 'Invalid Date', 0]);
  });

  it('is written to the microsecond, for a column with a zone and for one without', () => {
    const local = new Date(2026, 2, 8, 1, 59, 59, 123);

    expect(encodeValue(columnType('timestamptz'), time, '')).toBe(text);
    expect(encodeValue(columnType('timestamptz', { array: true }), [time], '')).toContain('59.123456Z');
    expect(encodeValue(columnType('timestamp'), new Timestamp(local, 42), '')).toBe('2026-03-08T01:59:59.123042');
    expect(encodeValue(columnType('timestamp'), local, '')).toBe('2026-03-08T01:59:59.123');
    expect(encodeValue(columnType('jsonb'), { time }, '')).toBe(`{"time":"${text}"}`);
  });

  it('makes another query than its neighbour', () => {
    type Row = { id: string; at: Date };
    const hash = (at: Date): string =>
      queryHash(batchQuerier<Row>({ conditions: [where<Row>({ at: { lt: at } })], pagination: { first: 1 } }));
    const neighbour = new Timestamp(time, 457);

    expect(hash(time)).toBe(hash(Timestamp.of(text)));
    expect(hash(time)).not.toBe(hash(neighbour));
    expect(hash(new Timestamp(time, 0))).toBe(hash(new Date(time)));
  });

  it('is exact where a request holds one', () => {
    expect((readTimestamp(time) as Timestamp).toISOString()).toBe(text);
    expect(readTimestamp(time)).not.toBe(time);
  });
});
