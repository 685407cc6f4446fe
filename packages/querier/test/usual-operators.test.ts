import { describe, expect, it } from '@jest/globals';
import { fields, usualOperators } from '../src/index.js';

interface Row {
  id: string;
  title: string;
  state: string;
  size: number;
}

const { id, choice, range, text } = usualOperators;

describe('the usual operators', () => {
  it('are taken by fields of the types that they are for', () => {
    const rowFields = fields<Row>({
      id: { type: 'uuid', operators: id },
      title: { type: 'text', operators: [...text, 'isNull'] },
      state: { type: 'text', values: ['OPEN', 'DONE'], operators: choice },
      size: { type: 'integer', operators: range },
    });
    const filter = { title: { istartsWith: 'a' }, state: { notIn: ['DONE'] }, size: { gte: 1, lt: 5 } };

    expect(() => rowFields.parseSearchBody({ filter })).not.toThrow();
  });

  it('are nobody’s to change: one that is added would open all allowlists', () => {
    for (const operators of [usualOperators, ...Object.values(usualOperators)]) {
      expect(Object.isFrozen(operators)).toBe(true);
    }
  });
});
