import fc from 'fast-check';
import { arbitraryKey, arbitraryPath, arbitraryScalarJson, arbitraryJson } from './arbitrary-json.js';
import { arbitraryText } from './arbitrary-text.js';
import { arbitraryOperand } from './arbitrary-values.js';
import type { SpecimenColumn } from './specimen-column.js';
import type { SpecimenEntity } from './specimens.js';

type Plain = Readonly<Record<string, unknown>>;
type Operators = Record<string, fc.Arbitrary<unknown>>;

const few = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value[]> => fc.array(value, { maxLength: 3 });

const onText: Operators = {
  contains: arbitraryText,
  startsWith: arbitraryText,
  endsWith: arbitraryText,
  ieq: arbitraryText,
  icontains: arbitraryText,
  istartsWith: arbitraryText,
  iendsWith: arbitraryText,
  iin: few(arbitraryText),
};

/** Null says nothing in a condition, but in a list. */
const said = <Value>(value: fc.Arbitrary<Value>): fc.Arbitrary<Value> => value.filter((one) => one !== null);

const onDocument: Operators = { contains: said(arbitraryJson), hasKey: arbitraryKey, at: atPath() };

/** A path, and one or two operators on what stands there. */
function atPath(): fc.Arbitrary<Plain> {
  const comparable = arbitraryScalarJson.filter((value) => typeof value === 'number' || typeof value === 'string');
  const value = fc.oneof({ weight: 2, arbitrary: arbitraryScalarJson }, arbitraryJson);
  const operators: Operators = { eq: value, ne: value, in: few(value), notIn: few(value), exists: fc.boolean() };
  for (const range of ['lt', 'lte', 'gt', 'gte']) operators[range] = comparable;
  return fc.tuple(arbitraryPath, someOf(operators)).map(([path, chosen]): Plain => ({ path, ...chosen }));
}

/** One operator, or two. */
function someOf(operators: Operators): fc.Arbitrary<Plain> {
  const entries = Object.entries(operators).map(([name, operand]) => operand.map((value) => [name, value] as const));
  return fc
    .array(fc.oneof(...entries), { minLength: 1, maxLength: 2 })
    .map((chosen): Plain => Object.fromEntries(chosen));
}

/** The operators of a column, each with what it takes. */
function operatorsOf(column: SpecimenColumn): Operators {
  const one = arbitraryOperand(column);
  const isNull = fc.boolean();
  if (column.array) return { has: said(one), hasAny: few(one), hasAll: few(one), isEmpty: isNull, isNull };
  if (column.kind === 'json') return column.type.kind === 'json' ? { isNull } : { ...onDocument, isNull };
  const equality = { eq: one, ne: one, in: few(one), notIn: few(one), isNull };
  if (column.kind === 'boolean' || column.kind === 'bytes') return equality;
  return { ...equality, lt: one, lte: one, gt: one, gte: one, ...(column.kind === 'text' ? onText : {}) };
}

/** One operator on one column, all of them alike often. */
export function arbitraryComparison(entity: SpecimenEntity): fc.Arbitrary<Plain> {
  const comparisons = Object.entries(entity.columns).flatMap(([property, column]) =>
    Object.entries(operatorsOf(column)).map(([name, operand]) =>
      operand.map((value): Plain => ({ [property]: { [name]: value } })),
    ),
  );
  return fc.oneof(...comparisons);
}

/** Conditions of an entity over all of its columns and relations: groups in groups, and several names in one. */
export function arbitraryCondition(entity: SpecimenEntity, depth = 3): fc.Arbitrary<Plain> {
  const columns = Object.entries(entity.columns).map(([property, column]) =>
    someOf(operatorsOf(column)).map((operators): Plain => ({ [property]: operators })),
  );
  const leaf = fc.oneof(...columns);
  if (depth === 0) return leaf;
  const inner = arbitraryCondition(entity, depth - 1);
  const group = fc.array(inner, { maxLength: 3 });
  return fc.oneof(
    { weight: 4, arbitrary: leaf },
    { weight: 2, arbitrary: behindRelation(entity, depth) },
    { weight: 1, arbitrary: fc.tuple(leaf, inner).map(([one, other]): Plain => ({ ...one, ...other })) },
    { weight: 1, arbitrary: group.map((and): Plain => ({ and })) },
    { weight: 2, arbitrary: group.map((or): Plain => ({ or })) },
    { weight: 2, arbitrary: inner.map((not): Plain => ({ not })) },
  );
}

/** Each operator of each relation, over conditions on what is behind. */
function behindRelation(entity: SpecimenEntity, depth: number): fc.Arbitrary<Plain> {
  const relations = Object.entries(entity.relations).map(([property, { many, target }]) => {
    const condition = fc.oneof(fc.constant({}), arbitraryCondition(target, depth - 1));
    const operators: Operators = many
      ? { some: condition, none: condition, every: condition }
      : { is: condition, exists: fc.boolean() };
    return someOf(operators).map((chosen): Plain => ({ [property]: chosen }));
  });
  return fc.oneof(...relations);
}
