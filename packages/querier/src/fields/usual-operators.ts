import { freeze } from '../plain-data/freeze.js';

/**
 * Operators that go together, for the definitions of fields:
 * `const { text, range } = usualOperators; fields<NoteRow>({ title: { type: 'text', operators: text, order: true } })`.
 * None of them gets another operator with a later version: what the outside may ask for is said by the definition.
 */
export const usualOperators = freeze({
  /** Of what is looked up and told apart, not listed: ids, names of others. */
  id: ['eq', 'in'],
  /** Of one of few values. */
  choice: ['eq', 'ne', 'in', 'notIn'],
  /** Of numbers and times. */
  range: ['eq', 'lt', 'lte', 'gt', 'gte'],
  /** Of texts that people write. */
  text: ['eq', 'ne', 'in', 'notIn', 'ieq', 'contains', 'icontains', 'startsWith', 'istartsWith', 'endsWith'],
} as const);
