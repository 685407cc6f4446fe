import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@holdfast/errors';
import fc from 'fast-check';
import { bookFields } from './fixture/shelf.js';

const nested = (depth: number, inner: string, before: string, after: string): unknown =>
  JSON.parse(before.repeat(depth) + inner + after.repeat(depth)) as unknown;

/** Every way in for JSON, with what it makes of it: a reason, or null where it was accepted. Any other error is thrown on. */
function reasons(filter: unknown): readonly (string | null)[] {
  return [
    () => bookFields.parseCondition(filter),
    () => bookFields.parseSearchBody({ filter }),
    () => bookFields.parseGraphql({ filter }),
    () => bookFields.parseSearch(new URLSearchParams({ filter: JSON.stringify(filter) })),
  ].map(reasonOf);
}

function reasonOf(read: () => unknown): string | null {
  try {
    read();
    return null;
  } catch (error) {
    if (!(error instanceof InvalidInput)) throw error;
    expect(error.httpStatus).toBe(400);
    expect(error.pointer.length + error.message.length).toBeLessThan(1_000);
    return error.reason;
  }
}

describe('a request that means harm is refused by every face alike', () => {
  it.each<[string, unknown, string]>([
    ['keys of a prototype', JSON.parse('{"__proto__":{"eq":1}}'), 'UNKNOWN_FIELD'],
    ['keys of a prototype as operators', JSON.parse('{"title":{"__proto__":1}}'), 'UNKNOWN_OPERATOR'],
    ['inherited names', { constructor: { eq: 1 } }, 'UNKNOWN_FIELD'],
    ['inherited operators', { title: { toString: 1 } }, 'UNKNOWN_OPERATOR'],
    [
      'keys of a prototype in a path',
      { facts: { at: JSON.parse('{"path":["a"],"__proto__":1}') } },
      'UNKNOWN_OPERATOR',
    ],
    ['NUL', { title: { eq: 'a\0' } }, 'INVALID_VALUE'],
    ['NUL in a document', { facts: { contains: { a: '\0' } } }, 'INVALID_VALUE'],
    ['a lone surrogate', { title: { eq: '\ud800' } }, 'INVALID_VALUE'],
    ['a lone surrogate in a key', { facts: { contains: { '\udc00': 1 } } }, 'INVALID_VALUE'],
    ['a huge number', { stock: { eq: 1e300 } }, 'INVALID_VALUE'],
    ['a number that lost digits', { stock: { eq: 2 ** 53 } }, 'INVALID_VALUE'],
    ['too many digits', { stock: { eq: '9'.repeat(500) } }, 'INVALID_VALUE'],
    ['more than 64 bits', { stock: { eq: '9223372036854775808' } }, 'INVALID_VALUE'],
    ['a day that is none', { bought: { gte: '2023-02-29T00:00:00Z' } }, 'INVALID_VALUE'],
    ['an unknown value', { genre: { eq: 'DRAMA' } }, 'INVALID_VALUE'],
    ['an inherited value', { genre: { eq: 'valueOf' } }, 'INVALID_VALUE'],
    ['a null', { title: { eq: null } }, 'INVALID_VALUE'],
    ['a null in a list', { stock: { in: ['1', null] } }, 'INVALID_VALUE'],
    ['a long list', { stock: { in: Array(70_000).fill('1') } }, 'LIMIT_EXCEEDED'],
    ['a long list of groups', { or: Array(70_000).fill({}) }, 'LIMIT_EXCEEDED'],
    ['a long text', { title: { eq: 'x'.repeat(501) } }, 'LIMIT_EXCEEDED'],
    ['a huge text', { title: { eq: 'x'.repeat(10_000_000) } }, 'LIMIT_EXCEEDED'],
    ['a long name', { ['x'.repeat(500)]: { eq: 'x' } }, 'UNKNOWN_FIELD'],
    ['a large document', { facts: { contains: Array(9_000).fill(1) } }, 'LIMIT_EXCEEDED'],
    ['deep groups', nested(1_000, '{}', '{"not":', '}'), 'LIMIT_EXCEEDED'],
    ['deep relations', nested(500, '{}', '{"author":{"is":{"books":{"some":', '}}}}'), 'LIMIT_EXCEEDED'],
    ['a deep document', { facts: { contains: nested(1_000, '1', '[', ']') } }, 'INVALID_VALUE'],
    ['a deep operand', { title: { eq: nested(1_000, '1', '[', ']') } }, 'INVALID_VALUE'],
    ['a deep path', { facts: { at: { path: nested(1_000, '1', '[', ']'), eq: 1 } } }, 'INVALID_VALUE'],
  ])('%s', (_, filter, reason) => expect(reasons(filter)).toEqual([reason, reason, reason, reason]));

  it('NaN and infinities, which no JSON can say', () => {
    for (const value of [NaN, Infinity, -Infinity]) {
      expect(reasonOf(() => bookFields.parseCondition({ stock: { eq: value } }))).toBe('INVALID_VALUE');
      expect(reasonOf(() => bookFields.parseCondition({ facts: { contains: [value] } }))).toBe('INVALID_VALUE');
    }
  });

  it('whatever hides its content', () => {
    const odd = [new Map(), Promise.resolve({}), new (class {})(), Object.create({ title: { eq: 'x' } }), () => 1, 1n];
    for (const value of odd) {
      expect(reasonOf(() => bookFields.parseCondition(value))).toBe('INVALID_VALUE');
      expect(reasonOf(() => bookFields.parseCondition({ title: value }))).toBe('INVALID_VALUE');
      expect(reasonOf(() => bookFields.parseCondition({ title: { eq: value } }))).toBe('INVALID_VALUE');
      expect(reasonOf(() => bookFields.parseCondition({ facts: { contains: value } }))).toBe('INVALID_VALUE');
      expect(reasonOf(() => bookFields.parseSearchBody(value))).toBe('INVALID_JSON');
      expect(reasonOf(() => bookFields.parseGraphql(value))).toBe('INVALID_JSON');
    }
  });

  it('long lists and many parameters of a query string', () => {
    const parse = (text: string): string | null => reasonOf(() => bookFields.parseSearch(new URLSearchParams(text)));
    expect(parse(`filter[stock][in]=${'1,'.repeat(70_000)}1`)).toBe('LIMIT_EXCEEDED');
    expect(parse(`order=${'title,'.repeat(70_000)}title`)).toBe('INVALID_ORDER');
    expect(parse(`order=${'x'.repeat(1_000_000)}`)).toBe('INVALID_ORDER');
    expect(parse('first=1&first=1')).toBe('DUPLICATE_PARAMETER');
    expect(parse('filter[title][eq]=a&filter[title][eq]=b')).toBe('DUPLICATE_PARAMETER');
    expect(parse('filter[title][iin]=a&filter[title][iin]=b')).toBe('DUPLICATE_PARAMETER');
    expect(parse(`first=${'9'.repeat(10_000)}`)).toBe('INVALID_PAGINATION');
    expect(parse('total=1e3')).toBe('INVALID_PAGINATION');
  });

  it('anything at all, of which the schemas say why', () => {
    const odd = fc.oneof(
      fc.anything({ withDate: true, withBigInt: true, withMap: true, withNullPrototype: true, withSparseArray: true }),
      fc.record(
        { filter: fc.anything(), order: fc.anything(), first: fc.anything(), total: fc.anything() },
        { requiredKeys: [] },
      ),
      fc.dictionary(fc.constantFrom('filter', 'order', 'first', 'filter[title][eq]', '__proto__'), fc.anything()),
    );
    fc.assert(
      fc.property(odd, (value) => {
        for (const schema of [bookFields.searchBody, bookFields.searchParameters]) {
          const result = schema['~standard'].validate(value);
          expect('value' in result || result.issues.length === 1).toBe(true);
        }
        reasonOf(() => bookFields.parseGraphql(value));
        reasonOf(() => bookFields.parseCondition(value));
      }),
      { numRuns: 500 },
    );
  });
});
