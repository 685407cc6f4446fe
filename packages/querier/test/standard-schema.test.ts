import { describe, expect, it } from '@jest/globals';
import { fields, type StandardResult } from '../src/index.js';
import { type BookRow, bookFields } from './fixture/shelf.js';

const parameters = (value: unknown): StandardResult<unknown> =>
  bookFields.searchParameters['~standard'].validate(value);
const body = (value: unknown): StandardResult<unknown> => bookFields.searchBody['~standard'].validate(value);
const pathOf = (result: StandardResult<unknown>): unknown =>
  'issues' in result ? result.issues.map(({ path }) => path) : result;

describe('a field set as a Standard Schema', () => {
  it('says who it is', () => {
    expect(bookFields.searchBody['~standard']).toMatchObject({ version: 1, vendor: 'holdfast' });
    expect(Object.isFrozen(bookFields.searchParameters['~standard'])).toBe(true);
  });

  it('reads parameters in whatever form a framework has them', () => {
    const text = 'filter[title][iin]=a,b&order=-price&first=5';
    const value = bookFields.parseSearch(new URLSearchParams(text));
    expect(parameters(new URLSearchParams(text))).toEqual({ value });
    expect(parameters(`?${text}`)).toEqual({ value });
    expect(parameters({ 'filter[title][iin]': 'a,b', order: ['-price'], first: '5' })).toEqual({ value });
    expect(parameters(Object.assign(Object.create(null) as object, { first: '7' }))).toMatchObject({
      value: { pagination: { first: 7 } },
    });
  });

  it('reads a body', () => {
    const search = { filter: { stock: { in: ['1', 2] } }, total: 10 };
    expect(body(search)).toEqual({ value: bookFields.parseSearchBody(search) });
  });

  it.each<[unknown, unknown]>([
    [null, [[]]],
    [undefined, [[]]],
    [5, [[]]],
    [['first=5'], [[]]],
    [{ first: 5 }, [['first']]],
    [{ first: undefined }, [['first']]],
    [{ first: ['5', '6'] }, [['first']]],
    [{ 'a/b~1': 'x' }, [['a/b~1']]],
    ['=x', [['']]],
    ['/0=x', [['/0']]],
    ['filter[stock][in]=1,x', [['filter[stock][in]', 1]]],
    ['filter={"or":[{"stock":{"in":["1","x"]}}]}', [['filter', 'or', 0, 'stock', 'in', 1]]],
    ['order=stock', [['order']]],
    ['first=5&after=c&last=5', [['last']]],
  ])('names what is wrong with the parameters %j', (value, path) => expect(pathOf(parameters(value))).toEqual(path));

  it.each<[unknown, unknown]>([
    [null, [[]]],
    ['{}', [[]]],
    [new Map(), [[]]],
    [{ 'a/b~': 1 }, [['a/b~']]],
    [{ filter: { title: { iin: ['a', 1] } } }, [['filter', 'title', 'iin', 1]]],
    [{ filter: { 'a/b~': {} } }, [['filter', 'a/b~']]],
    [{ order: ['title', 'stock'] }, [['order', 1]]],
    [{ first: 1000 }, [['first']]],
  ])('names what is wrong with the body %j', (value, path) => expect(pathOf(body(value))).toEqual(path));

  it('throws what is not the fault of the request', () => {
    const broken = fields<BookRow>({
      author: {
        relation: 'author',
        operators: ['is'],
        fields: () => {
          throw new RangeError('a fault of the program');
        },
      },
    });
    expect(() => broken.searchBody['~standard'].validate({ filter: { author: { is: {} } } })).toThrow(RangeError);
  });
});
