import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { arrayLiteral } from '../src/index.js';

/** Reads a one-dimensional array as PostgreSQL 8.15.6 tells it, character by character. */
function parsed(literal: string): (string | null)[] {
  const end = literal.length - 1;
  if (literal[0] !== '{' || literal[end] !== '}') throw new Error(`no braces: ${literal}`);
  const elements: (string | null)[] = [];
  let at = 1;
  while (at < end) {
    let text = '';
    const isQuoted = literal[at] === '"';
    if (isQuoted) {
      at++;
      while (literal[at] !== '"') {
        if (literal[at] === '\\') at++;
        if (at >= end) throw new Error(`no closing quote: ${literal}`);
        text += literal[at++];
      }
      at++;
    } else {
      while (at < end && literal[at] !== ',') {
        if (/[\s{}"\\]/.test(literal[at]!)) throw new Error(`a bare ${literal[at]}: ${literal}`);
        text += literal[at++];
      }
      if (text === '') throw new Error(`a bare element of no characters: ${literal}`);
    }
    elements.push(!isQuoted && /^null$/i.test(text) ? null : text);
    if (at < end && literal[at++] !== ',') throw new Error(`no delimiter: ${literal}`);
  }
  return elements;
}

describe('an array literal', () => {
  it('quotes what could be taken for something else', () => {
    expect(arrayLiteral([])).toBe('{}');
    expect(arrayLiteral(['a', 'b.c:+-1', null])).toBe('{a,b.c:+-1,NULL}');
    expect(arrayLiteral(['', 'null', 'Null', 'a,b', '{', '"', '\\', ' ', 'é'])).toBe(
      '{"","null","Null","a,b","{","\\"","\\\\"," ","é"}',
    );
  });

  it('is read back as what was written', () => {
    const awkward = fc.constantFrom(
      '',
      'null',
      'NULL',
      'NULLS',
      '"',
      '\\',
      '\\"',
      '{}',
      ',',
      ' ',
      '\n',
      '\t',
      'a b',
      '{a,"b"}',
    );
    const text = fc.oneof(awkward, fc.string(), fc.string({ unit: 'binary' }), fc.constant(null));
    fc.assert(
      fc.property(fc.array(text), (texts) => expect(parsed(arrayLiteral(texts))).toEqual(texts)),
      { numRuns: 1000 },
    );
  });
});
