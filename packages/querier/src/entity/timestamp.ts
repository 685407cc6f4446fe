import { InvalidInput, Misuse } from '@holdfast/errors';

/**
 * A point in time to the microsecond, as PostgreSQL has them: a Date in every respect, with the microseconds that a Date
 * has no room for. Rows hold it for `timestamptz` and `timestamp`, so that what was read can be written back and found
 * again. Its text, in JSON too, is ISO 8601 with six digits of a second.
 *
 * Numbers made of it are milliseconds, as those of every Date: two within one millisecond are told apart by
 * `Timestamp.compare`. A plain copy (`new Date(timestamp)`, structuredClone) has no microseconds; neither has it itself
 * once a setter of Date has moved it.
 */
export class Timestamp extends Date {
  readonly #microseconds: number;
  readonly #at: number;

  /**
   * `time` is in milliseconds since 1970, or another Date. `microseconds`, 0 to 999, are those beyond the millisecond;
   * default: those of `time`, or none. Throws Misuse.
   */
  constructor(time: number | Date, microseconds: number = microsecondsOf(time)) {
    super(time);
    if (!(microseconds >= 0 && microseconds <= 999)) {
      throw new Misuse('Microseconds beyond a millisecond are 0 to 999.');
    }
    this.#microseconds = microseconds;
    this.#at = this.getTime();
  }

  /** Reads ISO 8601 with an offset and up to six digits of a second. Throws InvalidInput. */
  static of(text: string): Timestamp {
    const [, upToMs, fraction = '', offset] = form.exec(text) ?? [];
    const digits = fraction.padEnd(6, '0');
    const time = Date.parse(`${upToMs}.${digits.slice(0, 3)}${offset}`);
    if (Number.isNaN(time)) {
      throw new InvalidInput('INVALID_VALUE', 'A time with its offset is needed here.', '');
    }
    return new Timestamp(time, Number(digits.slice(3)));
  }

  /** Before (negative), after (positive) or the same (0), to the microsecond; for `sort`. */
  static compare(one: Date, other: Date): number {
    return one.getTime() - other.getTime() || microsecondsOf(one) - microsecondsOf(other);
  }

  /** 0 to 999: how far it is beyond its millisecond. */
  get microseconds(): number {
    return this.getTime() === this.#at ? this.#microseconds : 0;
  }

  /** With six digits of a second, where a Date has three. */
  override toISOString(): string {
    return `${super.toISOString().slice(0, -1)}${String(this.microseconds).padStart(3, '0')}Z`;
  }

  /** As Node shows a Date. */
  [Symbol.for('nodejs.util.inspect.custom')](): string {
    return Number.isNaN(this.getTime()) ? 'Invalid Date' : this.toISOString();
  }
}

const form = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d)(?:\.(\d{1,6}))?(Z|[+-]\d\d:\d\d)$/;

/** The microseconds of a time beyond its millisecond: of a plain Date 0. */
export function microsecondsOf(time: unknown): number {
  return time instanceof Timestamp ? time.microseconds : 0;
}
