import { describe, expect, it } from '@jest/globals';
import { textMatch } from '../src/index.js';

interface Row {
  name: string | null;
}

describe('textMatch', () => {
  it('compares as the case options say', () => {
    expect(textMatch<Row>('name', 'equals', 'a')).toEqual({ name: { eq: 'a' } });
    expect(textMatch<Row>('name', 'equals', 'a', { caseInsensitive: true })).toEqual({ name: { ieq: 'a' } });
    expect(textMatch<Row>('name', 'contains', 'a')).toEqual({ name: { contains: 'a' } });
    expect(textMatch<Row>('name', 'startsWith', 'a', { caseInsensitive: true })).toEqual({
      name: { istartsWith: 'a' },
    });
    expect(textMatch<Row>('name', 'endsWith', 'a', { caseInsensitive: true })).toEqual({ name: { iendsWith: 'a' } });
  });

  it('negates the whole condition, so that NULLs match', () => {
    expect(textMatch<Row>('name', 'contains', 'a', { negated: true })).toEqual({ not: { name: { contains: 'a' } } });
  });

  it('takes a list for in', () => {
    expect(textMatch<Row>('name', 'in', ['a', 'b'])).toEqual({ name: { in: ['a', 'b'] } });
    expect(textMatch<Row>('name', 'in', ['a', 'b'], { caseInsensitive: true })).toEqual({
      name: { iin: ['a', 'b'] },
    });
    expect(textMatch<Row>('name', 'in', [], { caseInsensitive: true })).toEqual({ name: { iin: [] } });
  });

  it('freezes what it returns', () => {
    expect(Object.isFrozen(textMatch<Row>('name', 'in', ['a']))).toBe(true);
  });
});
