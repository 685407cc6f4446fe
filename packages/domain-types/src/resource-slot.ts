import { InvalidInput } from '@holdfast/errors';
import { Decimal } from 'decimal.js';
import type { Branded } from './branded.js';

/**
 * Amounts of resources by slot name, e.g. `{ cpu: '4', mem: '1073741824', 'cuda.shares': '0.5' }`. A frozen plain record
 * of exact decimal text, so that rows, cursors and JSON carry it as it is. A slot that is left out counts as zero.
 */
export type ResourceSlot = Branded<Readonly<Record<string, string>>, 'ResourceSlot'>;

const slotName = /^[a-z][a-z0-9]*(?:[._-][a-z0-9]+)*$/;
const amountText = /^\d{1,40}(?:\.\d{1,20})?$/;

/**
 * Builds a slot record from amounts that somebody gave: numbers, bigints or decimal text without exponent, at most 40
 * digits before the point and 20 after it, not negative. Amounts come out in their shortest form (`4.0` is `4`).
 * Throws `InvalidInput`: `UNKNOWN_FIELD` for a slot name that is not lower-case words joined by `.`, `_` or `-`, and
 * `INVALID_VALUE` for what is no plain object and for an amount, also for a number too large to be exact. The offending
 * slot is appended to `pointer`.
 */
export function resourceSlot(
  amounts: Readonly<Record<string, string | number | bigint>>,
  pointer = 'resourceSlot',
): ResourceSlot {
  if (!isRecord(amounts)) throw new InvalidInput('INVALID_VALUE', 'Slots are amounts by name, in an object.', pointer);
  const slots: Record<string, string> = {};
  for (const [name, amount] of Object.entries(amounts)) {
    const at = `${pointer}/${name.replaceAll('~', '~0').replaceAll('/', '~1')}`;
    if (!slotName.test(name)) {
      throw new InvalidInput('UNKNOWN_FIELD', 'A slot name is lower-case words joined by ".", "_" or "-".', at);
    }
    slots[name] = exactAmount(amount, at);
  }
  return Object.freeze(slots) as ResourceSlot;
}

/**
 * Takes over the record of a database row. Nothing is checked or copied: the row was written through `resourceSlot`.
 * The record is frozen.
 */
export function resourceSlotFromRow(record: Readonly<Record<string, string>>): ResourceSlot {
  return Object.freeze(record) as ResourceSlot;
}

function isRecord(value: unknown): boolean {
  if (typeof value !== 'object' || value === null) return false;
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || prototype === Object.prototype;
}

function exactAmount(amount: string | number | bigint, pointer: string): string {
  const exact = typeof amount !== 'number' || !Number.isInteger(amount) || Number.isSafeInteger(amount);
  // Numbers may print with an exponent; text with one is refused, because its length says nothing about its size.
  const text = typeof amount === 'number' && Number.isFinite(amount) ? new Decimal(amount).toFixed() : String(amount);
  if (exact && amountText.test(text)) return new Decimal(text).toFixed();
  throw new InvalidInput('INVALID_VALUE', 'An amount is an exact decimal number that is not negative.', pointer);
}
