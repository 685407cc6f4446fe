import { describe, expect, it } from '@jest/globals';
import { compileCondition, defaultLimits, type QueryCondition, SqlWriter } from '../src/index.js';
import { everything } from '../src/scope/everything.js';
import { refusal } from './fixture/refusal.js';
import { ID, thing, type Thing } from './fixture/thing.js';

/** A value of each column. */
const values: Readonly<Record<string, unknown>> = {
  id: ID,
  tenant: 'a',
  name: 'a',
  rank: 1,
  small: 1,
  views: '1',
  price: '1.5',
  ratio: 1.5,
  real: 1.5,
  isPinned: true,
  mood: 'glad',
  createdAt: new Date(0),
  day: '2024-02-29',
  time: '12:00',
  facts: { a: 1 },
  notes: { a: 1 },
  bytes: new Uint8Array([1]),
  tags: 'a',
  scores: 1,
};

const scalars = Object.keys(values).filter((name) => !['facts', 'notes', 'tags', 'scores'].includes(name));
const ranged = scalars.filter((name) => name !== 'isPinned' && name !== 'bytes');
const texts = ['tenant', 'name'];
const arrays = ['tags', 'scores'];
const documents = ['facts'];

/** Which columns each operator applies to, and what it takes of a column's value. */
const operators: Readonly<Record<string, readonly [columns: readonly string[], operand: (value: unknown) => unknown]>> =
  {
    eq: [scalars, (value) => value],
    ne: [scalars, (value) => value],
    in: [scalars, (value) => [value]],
    notIn: [scalars, (value) => [value]],
    lt: [ranged, (value) => value],
    lte: [ranged, (value) => value],
    gt: [ranged, (value) => value],
    gte: [ranged, (value) => value],
    isNull: [Object.keys(values), () => true],
    contains: [[...texts, ...documents], (value) => value],
    startsWith: [texts, () => 'a'],
    endsWith: [texts, () => 'a'],
    ieq: [texts, () => 'a'],
    icontains: [texts, () => 'a'],
    istartsWith: [texts, () => 'a'],
    iendsWith: [texts, () => 'a'],
    has: [arrays, (value) => value],
    hasAny: [arrays, (value) => [value]],
    hasAll: [arrays, (value) => [value]],
    isEmpty: [arrays, () => false],
    hasKey: [documents, () => 'a'],
  };

function compiled(condition: unknown): string {
  return compileCondition(thing, condition as QueryCondition<Thing>, everything, new SqlWriter(), defaultLimits);
}

describe.each(Object.entries(operators))('the operator %s', (operator, [columns, operand]) => {
  it.each(Object.keys(values))('applies to %s, or is unknown there', (column) => {
    const compile = (): string => compiled({ [column]: { [operator]: operand(values[column]) } });
    if (columns.includes(column)) expect(compile()).toContain(thing.columns.get(column)!.sql);
    else expect(refusal(compile)).toEqual(['UNKNOWN_OPERATOR', `/${column}/${operator}`]);
  });
});

it('operators are written as PostgreSQL has them', () => {
  const sql = (condition: QueryCondition<Thing>): string => compiled(condition);
  expect(sql({ rank: { lt: 1 } })).toBe('"rank" < $1::int4');
  expect(sql({ rank: { lte: 1 } })).toBe('"rank" <= $1::int4');
  expect(sql({ rank: { gt: 1 } })).toBe('"rank" > $1::int4');
  expect(sql({ rank: { gte: 1 } })).toBe('"rank" >= $1::int4');
  expect(sql({ name: { isNull: true } })).toBe('"name" IS NULL');
  expect(sql({ name: { isNull: false } })).toBe('"name" IS NOT NULL');
  expect(sql({ tags: { has: 'a' } })).toBe('"tags" @> $1::text[]');
  expect(sql({ tags: { hasAny: ['a'] } })).toBe('"tags" && $1::text[]');
  expect(sql({ scores: { hasAll: [1] } })).toBe('"scores" @> $1::int4[]');
  expect(sql({ tags: { isEmpty: true } })).toBe('cardinality("tags") = 0');
  expect(sql({ tags: { isEmpty: false } })).toBe('cardinality("tags") > 0');
  expect(sql({ facts: { contains: { a: 1 } } })).toBe('"facts" @> $1::jsonb');
  expect(sql({ mood: { eq: 'glad' } })).toBe('"mood" = $1::"public"."mood"');
});
