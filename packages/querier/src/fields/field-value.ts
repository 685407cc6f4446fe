import { InvalidInput } from '@holdfast/errors';
import { encoders } from '../entity/encoders.js';
import type { FieldType } from './field-type.js';
import { readTimestamp } from './read-timestamp.js';

/** How values of one type are read. */
interface ValueForm {
  /** What is asked for, for the message of a refusal. */
  readonly what: string;
  /** The value that a JSON value stands for, or undefined. */
  read(json: unknown): unknown;
  /** The JSON value that a text of a query string stands for. Default: that text. */
  fromText?(text: string): unknown;
}

const digits = /^-?\d{1,19}$/;
const decimal = /^-?\d{1,500}(\.\d{1,499})?$/;
const number = /^-?\d+(\.\d+)?([eE][+-]?\d+)?$/;
const least32 = -(2 ** 31);
const most32 = 2 ** 31 - 1;

const numberFrom = (text: string): unknown => (number.test(text) ? Number(text) : text);
// Whole numbers have no exponent: a page of 1e3 rows is a mistake more often than a wish.
const integerFrom = (text: string): unknown => (digits.test(text) ? Number(text) : text);
export const flagFrom = (text: string): unknown => (text === 'true' ? true : text === 'false' ? false : text);

/** A safe integer as its digits: what a client without big numbers writes. */
const exact = (json: unknown): unknown => (Number.isSafeInteger(json) ? String(json) : json);

const forms: Readonly<Record<FieldType, ValueForm>> = {
  text: { what: 'A text', read: (json) => encoders.text(json) ?? undefined },
  uuid: { what: 'A UUID', read: (json) => encoders.uuid(json)?.toLowerCase() },
  integer: {
    what: 'A whole number of 32 bits',
    // There is no -0 in PostgreSQL.
    read: (json) =>
      Number.isInteger(json) && (json as number) >= least32 && (json as number) <= most32
        ? (json as number) + 0
        : undefined,
    fromText: integerFrom,
  },
  bigint: {
    what: 'A whole number of 64 bits, as text beyond 2^53,',
    read(json) {
      const text = typeof json === 'bigint' ? String(json) : exact(json);
      return typeof text === 'string' && digits.test(text) ? (encoders.bigint(text) ?? undefined) : undefined;
    },
  },
  number: {
    what: 'A number',
    read: (json) => (Number.isFinite(json) ? (json as number) + 0 : undefined),
    fromText: numberFrom,
  },
  decimal: {
    what: 'A decimal number as text',
    read(json) {
      const text = exact(json);
      return typeof text === 'string' && decimal.test(text) ? text : undefined;
    },
  },
  boolean: {
    what: 'true or false',
    read: (json) => (typeof json === 'boolean' ? json : undefined),
    fromText: flagFrom,
  },
  timestamp: { what: 'A time with its offset, such as 2024-02-29T12:30:00Z,', read: readTimestamp },
  date: {
    what: 'A day, such as 2024-02-29,',
    read: (json) => (typeof json === 'string' && json.length === 10 ? (encoders.date(json) ?? undefined) : undefined),
  },
  time: { what: 'A time of day, such as 12:30:15,', read: (json) => encoders.time(json) ?? undefined },
  json: { what: 'A JSON document', read: () => undefined },
};

/** A value as the row holds it, from JSON. Throws InvalidInput. */
export function readFieldValue(
  type: FieldType,
  values: readonly string[] | null,
  json: unknown,
  pointer: string,
): unknown {
  const value = forms[type].read(json);
  if (value === undefined) throw new InvalidInput('INVALID_VALUE', `${forms[type].what} is needed here.`, pointer);
  if (values !== null && !values.includes(value as string)) {
    throw new InvalidInput('INVALID_VALUE', `The value must be one of: ${values.join(', ')}.`, pointer);
  }
  return value;
}

/** What a text of a query string is in JSON. Whatever it cannot be stays text, and is refused when it is read. */
export function jsonOfText(type: FieldType, text: string): unknown {
  return forms[type].fromText?.(text) ?? text;
}
