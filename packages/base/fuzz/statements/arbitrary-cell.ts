import fc from 'fast-check';
import type { Cell, Cells } from './cell.js';
import type { ColumnPlan } from './column-plan.js';
import type { Sample } from './sample.js';

/** Whatever a column can hold. */
export function anyCell({ type, array, nullable }: ColumnPlan): fc.Arbitrary<Cell> {
  const element = fc.oneof({ weight: 7, arbitrary: type.samples }, { weight: 1, arbitrary: fc.constant(null) });
  const value: fc.Arbitrary<Cell> = array ? fc.array(element, { maxLength: 4 }).map(list) : type.samples;
  const nothing: Cell = { text: null, given: type.from?.(null) ?? null };
  return nullable ? fc.oneof({ weight: 4, arbitrary: value }, { weight: 1, arbitrary: fc.constant(nothing) }) : value;
}

/** What a program can write to a column. */
export function givenCell(column: ColumnPlan): fc.Arbitrary<Cell> {
  return anyCell(column).filter((cell) => Object.hasOwn(cell, 'given'));
}

/** A list as PostgreSQL reads it: every element but NULL in quotes (8.15.2). */
function list(elements: readonly (Sample | null)[]): Cell {
  const texts = elements.map((one) => (one === null ? 'NULL' : `"${one.text.replace(/["\\]/g, '\\$&')}"`));
  const text = `{${texts.join(',')}}`;
  const isGiven = elements.every((one) => one === null || Object.hasOwn(one, 'given'));
  return isGiven ? { text, given: elements.map((one) => one?.given ?? null) } : { text };
}

/** Cells for some of the columns: for those that must have one, and for others or not. */
export function cellsOf(
  columns: readonly ColumnPlan[],
  cell: (column: ColumnPlan) => fc.Arbitrary<Cell>,
  isRequired: (column: ColumnPlan) => boolean,
): fc.Arbitrary<Cells> {
  const entries = columns.map((column) => [column.property, cell(column)] as const);
  const requiredKeys = columns.filter(isRequired).map(({ property }) => property);
  return fc.record(Object.fromEntries(entries), { requiredKeys, noNullPrototype: true });
}
