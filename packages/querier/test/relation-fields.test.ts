import { describe, expect, it } from '@jest/globals';
import { compileSearch, CursorCodec, fields, searchScope, unscoped } from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { type BookRow, bookFields, bookShape, authorFields, lowerTitle } from './fixture/shelf.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });

const some = (condition: object): object => ({ author: { is: { books: { some: condition } } } });

describe('a field that is a relation', () => {
  it('is read by the fields of the rows behind it, in the names of their columns', () => {
    const filter = { author: { is: { name: { eq: 'A' }, books: { none: { genre: { eq: 'poem' } } } }, exists: true } };
    expect(bookFields.parseCondition(filter)).toEqual({
      author: { is: { name: { eq: 'A' }, books: { none: { title: { eq: 'poem' } } } }, exists: true },
    });
    const text = 'filter[author][is]={"name":{"eq":"A"}}&filter[writer][exists]=false';
    expect(bookFields.parseSearch(new URLSearchParams(text)).conditions).toEqual([
      { author: { is: { name: { eq: 'A' } } } },
      { author: { exists: false } },
    ]);
  });

  it('becomes SQL with what the scope lets be seen behind it', () => {
    const scope = searchScope<BookRow>({
      name: 'library',
      where: { cost: { gt: 0 } },
      related: { author: unscoped('a test') },
    });
    const querier = bookFields.parseSearchBody({ filter: { author: { is: { name: { startsWith: 'A' } } } } });
    const { sql } = compileSearch(bookShape, scope, querier, { restriction: null, cursors });
    expect(sql).toContain('EXISTS (SELECT FROM "authors"');
  });

  it('lets nothing be probed that the fields behind it do not list', () => {
    const refused = (filter: object): unknown => refusal(() => bookFields.parseCondition(filter));
    expect(refused({ author: { is: { id: { eq: 'x' } } } })).toEqual(['UNKNOWN_FIELD', '/author/is/id']);
    expect(refused({ author: { is: { title: { eq: 'x' } } } })).toEqual(['UNKNOWN_FIELD', '/author/is/title']);
    expect(refused({ author: { is: { name: { contains: 'x' } } } })).toEqual([
      'UNKNOWN_OPERATOR',
      '/author/is/name/contains',
    ]);
    expect(refused({ author: { some: {} } })).toEqual(['UNKNOWN_OPERATOR', '/author/some']);
    expect(refused({ writer: { is: {} } })).toEqual(['UNKNOWN_OPERATOR', '/writer/is']);
    expect(refused({ author: { is: { books: { some: { cost: { gt: 1 } } } } } })).toEqual([
      'UNKNOWN_FIELD',
      '/author/is/books/some/cost',
    ]);
    expect(refused({ author: { is: null } })).toEqual(['INVALID_VALUE', '/author/is']);
    expect(refused({ author: { exists: 'yes' } })).toEqual(['INVALID_VALUE', '/author/exists']);
    expect(refused({ author: {} })).toEqual(['MISSING_VALUE', '/author']);
  });

  it('nests as deep as groups do', () => {
    const nested = (levels: number): object => (levels === 0 ? { title: { eq: 'x' } } : some(nested(levels - 1)));
    expect(refusal(() => bookFields.parseCondition(nested(4)))).toBeNull();
    expect(refusal(() => bookFields.parseCondition({ not: nested(4) }))?.[0]).toBe('LIMIT_EXCEEDED');
    expect(refusal(() => bookFields.parseCondition(nested(5)))?.[0]).toBe('LIMIT_EXCEEDED');
  });

  it('counts its parts with those around it, by the limits of the whole search', () => {
    const few = fields<BookRow>(
      { author: { relation: 'author', operators: ['is'], fields: () => authorFields } },
      { maxNodes: 3, maxTextLength: 2 },
    );
    const named = (name: string): object => ({ author: { is: { name: { eq: name } } } });
    expect(refusal(() => few.parseCondition(named('ab')))).toBeNull();
    expect(refusal(() => few.parseCondition(named('abc')))).toEqual(['LIMIT_EXCEEDED', '/author/is/name/eq']);
    expect(refusal(() => few.parseCondition({ author: { is: { name: { eq: 'a', startsWith: 'a' } } } }))).toEqual([
      'LIMIT_EXCEEDED',
      '/author/is/name/startsWith',
    ]);
    const twice = 'filter[author][is]={"name":{"eq":"a"}}&filter={"author":{"is":{}}}';
    expect(refusal(() => few.parseSearch(new URLSearchParams(twice)))).toEqual(['LIMIT_EXCEEDED', 'filter/author/is']);
  });

  it('keeps both of two fields of one relation', () => {
    const both = { author: { is: { name: { eq: 'A' } } }, writer: { exists: true } };
    expect(bookFields.parseCondition(both)).toEqual({
      author: { is: { name: { eq: 'A' } } },
      and: [{ author: { exists: true } }],
    });
  });
});

describe('a field that is ordered by', () => {
  const orders = (text: string): unknown => bookFields.parseSearch(new URLSearchParams({ order: text })).orders;

  it('may place NULLs, stand for a term of its own, and be one that callers may not see', () => {
    expect(orders('-price:nullsLast,title:nullsFirst,bought,-cost,authorName')).toEqual([
      { by: 'price', dir: 'desc', nulls: 'last' },
      { by: lowerTitle, dir: 'asc', nulls: 'first' },
      { by: 'bought', dir: 'asc', fewTies: true },
      { by: 'cost', dir: 'desc', confidential: true },
      { by: 'author.name', dir: 'asc', confidential: true },
    ]);
    expect(bookFields.parseSearchBody({ order: ['-price:nullsFirst'] }).orders).toEqual([
      { by: 'price', dir: 'desc', nulls: 'first' },
    ]);
    const order = [{ by: 'price', direction: 'DESC', nulls: 'LAST' }, { by: 'title' }, { by: 'bought', nulls: null }];
    expect(bookFields.parseGraphql({ order }).orders).toEqual([
      { by: 'price', dir: 'desc', nulls: 'last' },
      { by: lowerTitle, dir: 'asc' },
      { by: 'bought', dir: 'asc', fewTies: true },
    ]);
  });

  it.each([
    'price:nullsfirst',
    'price:',
    'price:nullsFirst:nullsFirst',
    ':nullsFirst',
    'author',
    'author.name',
    'stock',
  ])('is not %s', (text) => expect(refusal(() => orders(text))).toEqual(['INVALID_ORDER', 'order']));

  it.each<[unknown, string]>([
    [{ by: 'price' }, '/order'],
    [['price'], '/order/0'],
    [[{ by: 'price', direction: 'desc' }], '/order/0'],
    [[{ by: 'price', direction: 'toString' }], '/order/0'],
    [[{ by: 'price', nulls: 'FIRST', dir: 'asc' }], '/order/0'],
    [[{ by: 'price' }, { by: 'price', direction: 'DESC' }], '/order/1'],
    [[null], '/order/0'],
    [null, '/order'],
  ])('is in GraphQL not %j', (order, pointer) =>
    expect(refusal(() => bookFields.parseGraphql({ order }))).toEqual(['INVALID_ORDER', pointer]),
  );
});

describe('a field set', () => {
  it('may keep cursors good when the filter changes, and measure both flags', () => {
    const loose = fields<BookRow>({}, { bindConditions: false, measureBoth: true });
    for (const querier of [
      loose.parseSearch(new URLSearchParams()),
      loose.parseSearchBody({}),
      loose.parseGraphql({}),
    ]) {
      expect(querier).toMatchObject({ bindConditions: false, measureBoth: true });
    }
  });
});
