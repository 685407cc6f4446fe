import { describe, expect, it } from '@jest/globals';
import { type BatchQuerier, compileSearch, CursorCodec, fields, type FieldSet, unscoped } from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { ID, thing, type Thing } from './fixture/thing.js';
import { thingFields } from './fixture/thing-fields.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });
const parse = (text: string, fieldSet: FieldSet<Thing> = thingFields): BatchQuerier<Thing> =>
  fieldSet.parseSearch(new URLSearchParams(text));

/** Refused by the reading of the request, or by the search that it asks for. */
const refused = (text: string, fieldSet?: FieldSet<Thing>): ReturnType<typeof refusal> =>
  refusal(() => {
    compileSearch(thing, unscoped('a test'), parse(text, fieldSet), { restriction: null, cursors });
  });

const filter = (json: unknown): string => `filter=${encodeURIComponent(JSON.stringify(json))}`;

describe('a query string', () => {
  it('becomes a querier', () => {
    const text = `filter[mood][in]=glad,sad&filter[rank][gte]=-3&order=-createdAt,name&first=5&after=x&total=100`;
    expect(parse(text)).toEqual({
      conditions: [{ mood: { in: ['glad', 'sad'] } }, { rank: { gte: -3 } }],
      orders: [
        { by: 'createdAt', dir: 'desc' },
        { by: 'name', dir: 'asc' },
      ],
      pagination: { first: 5, after: 'x' },
      total: { atMost: 100 },
      measureBoth: false,
      bindConditions: true,
      confidential: false,
    });
  });

  it('without a page asks for the first 20, or for fewer if no more are allowed', () => {
    expect(parse('')).toEqual({
      conditions: [],
      orders: [],
      pagination: { first: 20, after: null },
      total: 'none',
      measureBoth: false,
      bindConditions: true,
      confidential: false,
    });
    expect(parse('', fields<Thing>({}, { maxPageSize: 7 })).pagination).toMatchObject({ first: 7 });
    expect(parse('limit=3').pagination).toEqual({ limit: 3, offset: 0 });
    expect(parse('limit=3&offset=6&total=exact')).toMatchObject({
      pagination: { limit: 3, offset: 6 },
      total: 'exact',
    });
    expect(parse('last=3&before=x').pagination).toEqual({ last: 3, before: 'x' });
  });

  it('reads values as what the field says', () => {
    const conditions = (text: string): unknown => parse(text).conditions[0];
    expect(conditions(`filter[id][eq]=${ID.toUpperCase()}`)).toEqual({ id: { eq: ID } });
    expect(conditions('filter[pinned][eq]=false')).toEqual({ isPinned: { eq: false } });
    expect(conditions('filter[ratio][lt]=-0.50')).toEqual({ ratio: { lt: -0.5 } });
    expect(conditions('filter[views][eq]=9007199254740993')).toEqual({ views: { eq: '9007199254740993' } });
    expect(conditions('filter[name][isNull]=true')).toEqual({ name: { isNull: true } });
    expect(conditions('filter[name][in]=')).toEqual({ name: { in: [] } });
    expect(conditions('filter[name][eq]=')).toEqual({ name: { eq: '' } });
    expect(conditions('filter[tags][hasAny]=a,,b')).toEqual({ tags: { hasAny: ['a', '', 'b'] } });
    expect(conditions('filter[createdAt][gte]=2024-02-29T00:00:00Z')).toEqual({
      createdAt: { gte: new Date('2024-02-29') },
    });
    expect(conditions('filter[createdAt][lt]=2024-02-29T12:30:15.123%2B02:00')).toEqual({
      createdAt: { lt: new Date('2024-02-29T10:30:15.123Z') },
    });
    expect(conditions('filter[createdAt][lt]=2024-02-29T12:30:15.1234%2B02:00')).toEqual({
      createdAt: { lt: '2024-02-29T10:30:15.1234Z' },
    });
    expect(conditions('filter[title][startsWith]=a,b')).toEqual({ name: { startsWith: 'a,b' } });
  });

  it('takes a whole condition as JSON, beside flat ones', () => {
    const text = `${filter({ or: [{ rank: { eq: 1 } }, { not: { title: { eq: 'x' } } }] })}&filter[pinned][eq]=true`;
    expect(parse(text).conditions).toEqual([
      { or: [{ rank: { eq: 1 } }, { not: { name: { eq: 'x' } } }] },
      { isPinned: { eq: true } },
    ]);
  });

  it.each<[string, string, string]>([
    ['filter[colour][eq]=1', 'UNKNOWN_FIELD', 'filter[colour][eq]'],
    ['filter[isPinned][eq]=true', 'UNKNOWN_FIELD', 'filter[isPinned][eq]'],
    ['filter[tenant][eq]=a', 'UNKNOWN_FIELD', 'filter[tenant][eq]'],
    ['filter[hidden][eq]=a', 'UNKNOWN_FIELD', 'filter[hidden][eq]'],
    ['filter[small][eq]=1', 'UNKNOWN_FIELD', 'filter[small][eq]'],
    ['filter[__proto__][eq]=1', 'UNKNOWN_FIELD', 'filter[__proto__][eq]'],
    ['filter[constructor][eq]=1', 'UNKNOWN_FIELD', 'filter[constructor][eq]'],
    ['filter[and][eq]=1', 'UNKNOWN_FIELD', 'filter[and][eq]'],
    ['filter[mood][contains]=a', 'UNKNOWN_OPERATOR', 'filter[mood][contains]'],
    ['filter[mood][__proto__]=a', 'UNKNOWN_OPERATOR', 'filter[mood][__proto__]'],
    ['filter[mood][toString]=a', 'UNKNOWN_OPERATOR', 'filter[mood][toString]'],
    ['filter[mood][eq]=angry', 'INVALID_VALUE', 'filter[mood][eq]'],
    ['filter[mood][in]=glad,angry', 'INVALID_VALUE', 'filter[mood][in]/1'],
    ['filter[id][eq]=17', 'INVALID_VALUE', 'filter[id][eq]'],
    ['filter[rank][eq]=1.5', 'INVALID_VALUE', 'filter[rank][eq]'],
    ['filter[rank][eq]=1e3', 'INVALID_VALUE', 'filter[rank][eq]'],
    ['filter[rank][eq]=', 'INVALID_VALUE', 'filter[rank][eq]'],
    ['filter[rank][eq]=%201', 'INVALID_VALUE', 'filter[rank][eq]'],
    ['filter[rank][eq]=2147483648', 'INVALID_VALUE', 'filter[rank][eq]'],
    ['filter[rank][eq]=9007199254740993', 'INVALID_VALUE', 'filter[rank][eq]'],
    ['filter[rank][in]=1,2147483648', 'INVALID_VALUE', 'filter[rank][in]/1'],
    ['filter[views][eq]=9223372036854775808', 'INVALID_VALUE', 'filter[views][eq]'],
    ['filter[ratio][eq]=NaN', 'INVALID_VALUE', 'filter[ratio][eq]'],
    ['filter[ratio][eq]=Infinity', 'INVALID_VALUE', 'filter[ratio][eq]'],
    ['filter[pinned][eq]=1', 'INVALID_VALUE', 'filter[pinned][eq]'],
    ['filter[pinned][eq]=__proto__', 'INVALID_VALUE', 'filter[pinned][eq]'],
    ['filter[name][isNull]=constructor', 'INVALID_VALUE', 'filter[name][isNull]'],
    ['filter[name][eq]=a%00', 'INVALID_VALUE', 'filter[name][eq]'],
    ['filter[createdAt][lt]=2024-02-29', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    ['filter[createdAt][lt]=2024-02-30T00:00:00Z', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    ['filter[createdAt][lt]=0000-06-01T00:00:00Z', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    ['filter[createdAt][lt]=2024-02-29T24:00:00Z', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    ['filter[createdAt][lt]=2024-02-29T00:00:00', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    ['filter[createdAt][lt]=2024-02-29T00:00:00%2B16:00', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    ['filter[createdAt][lt]=2024-02-29T00:00:00.1234567Z', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    ['filter[createdAt][lt]=9999-12-31T23:59:59-12:00', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    ['filter[createdAt][lt]=1', 'INVALID_VALUE', 'filter[createdAt][lt]'],
    [`filter[name][eq]=${'x'.repeat(10_001)}`, 'LIMIT_EXCEEDED', 'filter[name][eq]'],
    [`filter[rank][in]=${'1,'.repeat(1_000)}1`, 'LIMIT_EXCEEDED', 'filter[rank][in]'],
    ['filter=', 'INVALID_JSON', 'filter'],
    ['filter={"rank":', 'INVALID_JSON', 'filter'],
    ['filter=null', 'INVALID_VALUE', 'filter'],
    ['filter=[]', 'INVALID_VALUE', 'filter'],
    ['filter={"rank":null}', 'INVALID_VALUE', 'filter/rank'],
    ['filter={"rank":{}}', 'MISSING_VALUE', 'filter/rank'],
    ['filter={"rank":{"eq":null}}', 'INVALID_VALUE', 'filter/rank/eq'],
    ['filter={"rank":{"eq":3000000000}}', 'INVALID_VALUE', 'filter/rank/eq'],
    ['filter={"or":[{"not":{"rank":{"in":[1,3e9]}}}]}', 'INVALID_VALUE', 'filter/or/0/not/rank/in/1'],
    ['filter={"__proto__":{"eq":1}}', 'UNKNOWN_FIELD', 'filter/__proto__'],
    ['filter={"rank":{"__proto__":1}}', 'UNKNOWN_OPERATOR', 'filter/rank/__proto__'],
    ['filter={"or":{}}', 'INVALID_VALUE', 'filter/or'],
    ['filter={"or":[null]}', 'INVALID_VALUE', 'filter/or/0'],
    ['filter[name]=x', 'UNKNOWN_PARAMETER', 'filter[name]'],
    ['filter[name][eq][x]=x', 'UNKNOWN_PARAMETER', 'filter[name][eq][x]'],
    ['filter[][eq]=x', 'UNKNOWN_PARAMETER', 'filter[][eq]'],
    ['fitler[name][eq]=x', 'UNKNOWN_PARAMETER', 'fitler[name][eq]'],
    ['__proto__=x', 'UNKNOWN_PARAMETER', '__proto__'],
    ['noPagination=true', 'UNKNOWN_PARAMETER', 'noPagination'],
    ['=x', 'UNKNOWN_PARAMETER', ''],
    ['filter[rank][eq]=1&filter[rank][eq]=1', 'DUPLICATE_PARAMETER', 'filter[rank][eq]'],
    ['order=name&order=name', 'DUPLICATE_PARAMETER', 'order'],
    ['first=1&first=1', 'DUPLICATE_PARAMETER', 'first'],
    ['filter={}&filter={}', 'DUPLICATE_PARAMETER', 'filter'],
    ['order=', 'INVALID_ORDER', 'order'],
    ['order=name,', 'INVALID_ORDER', 'order'],
    ['order=-', 'INVALID_ORDER', 'order'],
    ['order=--name', 'INVALID_ORDER', 'order'],
    ['order=mood', 'INVALID_ORDER', 'order'],
    ['order=tenant', 'INVALID_ORDER', 'order'],
    ['order=constructor', 'INVALID_ORDER', 'order'],
    ['order=name,-name', 'INVALID_ORDER', 'order'],
    ['order=name,title', 'INVALID_ORDER', 'order'],
    ['first=', 'INVALID_PAGINATION', 'first'],
    ['first=-1', 'INVALID_PAGINATION', 'first'],
    ['first=%2B5', 'INVALID_PAGINATION', 'first'],
    ['first=101', 'INVALID_PAGINATION', 'first'],
    ['first=1e1', 'INVALID_PAGINATION', 'first'],
    ['last=0', 'INVALID_PAGINATION', 'last'],
    ['offset=5', 'INVALID_PAGINATION', 'offset'],
    ['limit=5&offset=9999999999999999', 'INVALID_PAGINATION', 'offset'],
    ['after=x', 'INVALID_PAGINATION', 'after'],
    ['first=1&before=x', 'INVALID_PAGINATION', 'before'],
    ['first=1&last=1', 'INVALID_PAGINATION', 'last'],
    ['total=', 'INVALID_PAGINATION', 'total'],
    ['total=0', 'INVALID_PAGINATION', 'total'],
    ['total=1000001', 'INVALID_PAGINATION', 'total'],
    ['first=1&after=', 'INVALID_CURSOR', 'after'],
    ['first=1&after=x', 'INVALID_CURSOR', 'after'],
    ['last=1&before=', 'INVALID_CURSOR', 'before'],
  ])('%.60s is refused with %s', (text, reason, pointer) => expect(refused(text)).toEqual([reason, pointer]));

  it('nests as deep as the limit says, and no deeper', () => {
    const nested = (levels: number): object =>
      levels === 0 ? { rank: { eq: 1 }, name: { eq: 'x' } } : { not: nested(levels - 1) };
    const mixed = (levels: number): object =>
      levels === 0 ? { rank: { gte: 1, lte: 2 } } : { mood: { eq: 'sad' }, or: [mixed(levels - 1)], and: [{}] };
    expect(refused(filter(nested(8)))).toBeNull();
    expect(refused(filter(mixed(8)))).toBeNull();
    expect(refused(filter(nested(9)))).toEqual(['LIMIT_EXCEEDED', `filter${'/not'.repeat(9)}`]);
    expect(refused(filter(mixed(9)))).toEqual(['LIMIT_EXCEEDED', `filter${'/or/0'.repeat(9)}`]);
  });

  it('keeps both of two fields of one column', () => {
    const both = { name: { eq: 'x' }, title: { eq: 'y' }, and: [{ rank: { eq: 1 } }] };
    expect(parse(filter(both)).conditions).toEqual([
      { name: { eq: 'x' }, and: [{ rank: { eq: 1 } }, { name: { eq: 'y' } }] },
    ]);
    const deepest = Array.from({ length: 8 }).reduce<object>((inner) => ({ not: inner }), both);
    expect(refused(filter(deepest))?.[0]).toBe('LIMIT_EXCEEDED');
  });

  it('has as many parts as the limits of its fields say, and texts as long', () => {
    const few = fields<Thing>(
      { rank: { type: 'integer', operators: ['eq', 'in'] }, name: { type: 'text', operators: ['in'] } },
      { maxNodes: 3, maxTextLength: 2 },
    );
    const or = (members: number): string => filter({ or: Array.from({ length: members }, () => ({})) });
    expect(refused(or(3), few)).toBeNull();
    expect(refused(or(4), few)).toEqual(['LIMIT_EXCEEDED', 'filter/or/3']);
    expect(refused(filter({ or: [{ rank: { eq: 1 } }, { rank: { eq: 1 } }] }), few)).toEqual([
      'LIMIT_EXCEEDED',
      'filter/or/1/rank/eq',
    ]);
    expect(refused('filter[name][in]=ab,abc', few)).toEqual(['LIMIT_EXCEEDED', 'filter[name][in]/1']);
  });

  it('never makes a built-in object part of a querier', () => {
    for (const name of ['__proto__', 'constructor', 'toString', 'valueOf']) {
      refusal(() => parse(`filter[pinned][eq]=${name}`));
      refusal(() => parse(`filter[name][isNull]=${name}`));
    }
    expect(Object.isFrozen(Object.prototype)).toBe(false);
  });

  it('makes a querier that cannot be changed', () => {
    const { conditions, orders, pagination } = parse('filter[rank][in]=1,2&order=name');
    const inner = conditions[0] as { rank: { in: readonly number[] } };
    expect([conditions, inner, inner.rank, inner.rank.in, orders, orders[0], pagination].every(Object.isFrozen)).toBe(
      true,
    );
  });
});
