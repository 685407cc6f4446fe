import type { FuzzedColumn, FuzzedTable } from './fuzzed-table.js';
import type { Reading } from './reading.js';

/** A kind of values that TypeORM cannot hold right; for them SQL alone is what we are held against. */
interface Difference {
  readonly what: string;
  readonly reason: string;
  /** `text`: the value as PostgreSQL writes it. */
  applies(column: FuzzedColumn, text: string): boolean;
}

const isTime = (reading: Reading): boolean => reading === 'instant' || reading === 'local';

const beyondFourDigits = /(^|[{",])(-?infinity|\d{5,}-)|BC/;

const listOfConstructor: Difference = {
  what: 'Number and Boolean with array: true',
  reason: 'TypeORM makes one number or one boolean of the list.',
  applies: ({ type, array }) => array && (type.options.type === Number || type.options.type === Boolean),
};

/** Where what TypeORM reads is another value than the stored one. */
const readOtherwise: readonly Difference[] = [
  listOfConstructor,
  {
    what: 'numeric[]',
    reason: 'pg makes floats of the elements, and loses digits.',
    applies: ({ cast }) => /^numeric.*\[\]$/.test(cast),
  },
  {
    what: 'citext[], bit[], varbit[] and macaddr8[]',
    reason: 'pg has no parser for them: it is the text of the array.',
    applies: ({ cast }) => /^(citext|bit.*|macaddr8)\[\]$/.test(cast),
  },
  {
    what: 'enum[] with NULL, or a label with a comma, brace, space or quotation mark',
    reason: 'TypeORM splits the text of the array at every comma, and takes NULL for a label.',
    applies: ({ type, array }, text) => type.options.enum !== undefined && array && /NULL|["\\]/.test(text),
  },
  {
    what: 'date[]',
    reason: 'pg makes Dates of the elements, and TypeORM texts only of a value that is no list.',
    applies: ({ cast }) => cast === 'date[]',
  },
  {
    what: 'interval',
    reason: 'pg makes an object of its parts, and loses the sign of hours, and microseconds.',
    applies: ({ cast }) => cast.startsWith('interval'),
  },
  {
    what: 'dates BC, beyond the year 9999, or infinite',
    reason: 'TypeORM goes by way of a Date, and writes a year with at least four digits and no era.',
    applies: ({ cast }, text) => cast === 'date' && beyondFourDigits.test(text),
  },
];

/** Where what TypeORM stores is another value than the given one, or nothing. */
const writtenOtherwise: readonly Difference[] = [
  listOfConstructor,
  {
    what: 'json[] and jsonb[]',
    reason: 'TypeORM writes the list as one document, which is no array.',
    applies: ({ type, array }) => type.reading === 'document' && array,
  },
  {
    what: 'times with microseconds',
    reason: 'a Date has none.',
    applies: ({ type }, text) => isTime(type.reading) && /\.\d{3}0*[1-9]/.test(text),
  },
  {
    what: 'times before the year 1900',
    reason:
      'zones were not of whole minutes then, which is what pg writes of them; and dayjs knows no year before 100.',
    applies: ({ type }, text) => isTime(type.reading) && /(^|[{",])(0\d{3}|1[0-8]\d\d)-/.test(text),
  },
  {
    what: '-0',
    reason: 'pg writes it as 0.',
    applies: ({ type }, text) => type.reading === 'number' && /(^|[{,"])-0([,}"]|$)/.test(text),
  },
];

/** Whether TypeORM reads a stored value as it is. */
export function readsRight(column: FuzzedColumn, text: string | null): boolean {
  return text === null || !readOtherwise.some((one) => one.applies(column, text));
}

/** Whether TypeORM stores a given value as it is. */
export function writesRight(column: FuzzedColumn, text: string | null): boolean {
  return text === null || !writtenOtherwise.some((one) => one.applies(column, text));
}

/**
 * Whether TypeORM can write rows of a table at all: where a column is called like what every object has, `constructor`,
 * it takes that for the value.
 */
export function isWritable({ columns }: FuzzedTable): boolean {
  return !columns.some(({ property }) => property in Object.prototype);
}

/** A value as far as TypeORM can know it: a Date has no microseconds, and a Buffer is a Uint8Array of its own kind. */
export function asTypeormKnows(value: unknown): unknown {
  if (value instanceof Date) return new Date(value.getTime());
  if (Array.isArray(value)) return value.map(asTypeormKnows);
  return Buffer.isBuffer(value) ? Uint8Array.from(value) : value;
}
