import { InvalidInput } from '@holdfast/errors';
import { encoders } from '../entity/encoders.js';
import type { FieldDefinition, FieldType } from './field-definition.js';

type Reader = (value: unknown) => unknown;

const timestamp = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(:\d\d(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d))?$/;
const decimal = /^-?\d{1,15}(\.\d{1,15})?$/;

/** By type: the value that a JSON value or a text of a query string stands for, or undefined. */
const readers: Readonly<Record<FieldType, Reader>> = {
  text: (value) => (encoders.text(value) === null ? undefined : value),
  uuid: (value) => encoders.uuid(value)?.toLowerCase(),
  integer: integerOf,
  number: (value) => numberOf(typeof value === 'string' && decimal.test(value) ? Number(value) : value),
  boolean: (value) =>
    value === true || value === 'true' ? true : value === false || value === 'false' ? false : undefined,
  timestamp(value) {
    if (typeof value !== 'string' || !timestamp.test(value)) return undefined;
    const date = new Date(value);
    // JavaScript takes the 31st of February for a day in March.
    return Number.isNaN(date.getTime()) || !isCalendarDay(value.slice(0, 10)) ? undefined : date;
  },
};

/** What is too large for a number of JavaScript stays text, which only columns of bigint take. */
function integerOf(value: unknown): unknown {
  if (typeof value !== 'string') return Number.isSafeInteger(value) ? value : undefined;
  if (!/^-?\d{1,19}$/.test(value)) return undefined;
  return Number.isSafeInteger(Number(value)) ? Number(value) : value;
}

function numberOf(value: unknown): unknown {
  return typeof value === 'number' && Number.isFinite(value) ? value : undefined;
}

function isCalendarDay(day: string): boolean {
  const date = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(day);
}

/** A value of a field as the row holds it. Throws InvalidInput. */
export function readFieldValue<Row>(definition: FieldDefinition<Row>, value: unknown, pointer: string): unknown {
  const read = readers[definition.type](value);
  if (read === undefined) {
    throw new InvalidInput('INVALID_VALUE', `A value of type ${definition.type} is needed here.`, pointer);
  }
  if (definition.values !== undefined && !definition.values.includes(read as string)) {
    throw new InvalidInput('INVALID_VALUE', `The value must be one of: ${definition.values.join(', ')}.`, pointer);
  }
  return read;
}
