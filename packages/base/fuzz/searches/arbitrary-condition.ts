import fc from 'fast-check';
import { mostly } from '../mostly.js';
import { anyName } from './odd-values.js';
import type { Vocabulary, Way, Word } from './vocabulary.js';

/** Conditions over a vocabulary that are right, but for something odd here and there. */
export function arbitraryCondition(
  vocabulary: Vocabulary,
  odd: fc.Arbitrary<unknown>,
  depth = 3,
): fc.Arbitrary<unknown> {
  const word = fc.oneof(...vocabulary.words.map((one) => ofWord(one, odd)));
  const stray = fc.tuple(anyName, odd).map(([name, value]): object => Object.fromEntries([[name, value]]));
  const leaf = mostly(word, fc.oneof(stray, odd));
  if (depth === 0) return leaf;
  const inner = arbitraryCondition(vocabulary, odd, depth - 1);
  const group = mostly(fc.array(inner, { maxLength: 3 }), odd);
  const both = fc.tuple(word, group, fc.constantFrom('and', 'or', 'not'));
  return fc.oneof(
    { weight: 6, arbitrary: leaf },
    { weight: 2, arbitrary: fc.oneof(...vocabulary.ways.map((way) => ofWay(way, odd, depth))) },
    { weight: 2, arbitrary: fc.tuple(fc.constantFrom('and', 'or'), group).map(([name, list]) => ({ [name]: list })) },
    { weight: 1, arbitrary: inner.map((not) => ({ not })) },
    {
      weight: 1,
      arbitrary: both.map(([one, list, name]) => ({ ...(one as object), ...(name === 'not' ? {} : { [name]: list }) })),
    },
    { weight: 1, arbitrary: fc.constant({}) },
  );
}

/** One or two operators on one name. */
function ofWord({ name, operators }: Word, odd: fc.Arbitrary<unknown>): fc.Arbitrary<unknown> {
  const one = fc.oneof(
    ...Object.entries(operators).map(([operator, operand]) => fc.tuple(fc.constant(operator), mostly(operand, odd))),
  );
  const operand = fc.array(one, { minLength: 1, maxLength: 2 }).map((some): unknown => Object.fromEntries(some));
  const stray = fc.tuple(anyName, odd).map(([operator, value]): unknown => Object.fromEntries([[operator, value]]));
  return mostly(operand, fc.oneof(stray, odd)).map((value) => ({ [name]: value }));
}

function ofWay({ name, operators, behind }: Way, odd: fc.Arbitrary<unknown>, depth: number): fc.Arbitrary<unknown> {
  const inner = fc.oneof(fc.constant({}), arbitraryCondition(behind(), odd, Math.min(depth - 1, 1)));
  const one = fc
    .constantFrom(...operators)
    .chain((operator) => fc.tuple(fc.constant(operator), mostly(operator === 'exists' ? fc.boolean() : inner, odd)));
  return one.map(([operator, operand]) => ({ [name]: { [operator]: operand } }));
}
