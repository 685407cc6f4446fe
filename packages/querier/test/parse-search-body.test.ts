import { describe, expect, it } from '@jest/globals';
import { compileSearch, CursorCodec, unscoped } from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { thing } from './fixture/thing.js';
import { thingFields } from './fixture/thing-fields.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });

const refused = (body: unknown): ReturnType<typeof refusal> =>
  refusal(() => {
    const querier = thingFields.parseSearchBody(body);
    compileSearch(thing, unscoped('a test'), querier, { restriction: null, cursors });
  });

describe('a JSON body', () => {
  it('becomes a querier', () => {
    const body = { filter: { rank: { gte: 1, lte: 5 }, mood: { eq: 'sad' } }, order: ['-price'], last: 3, total: 9 };
    expect(thingFields.parseSearchBody(body)).toEqual({
      conditions: [{ rank: { gte: 1, lte: 5 }, mood: { eq: 'sad' } }],
      orders: [{ by: 'price', dir: 'desc' }],
      pagination: { last: 3, before: null },
      total: { atMost: 9 },
      measureBoth: false,
      bindConditions: true,
      confidential: false,
    });
    expect(thingFields.parseSearchBody({})).toMatchObject({ conditions: [], pagination: { first: 20 } });
  });

  it.each<[unknown, string, string]>([
    [null, 'INVALID_JSON', ''],
    [[], 'INVALID_JSON', ''],
    ['{}', 'INVALID_JSON', ''],
    [{ fitler: {} }, 'UNKNOWN_PARAMETER', '/fitler'],
    [{ 'a/b~': 1 }, 'UNKNOWN_PARAMETER', '/a~1b~0'],
    [JSON.parse('{"__proto__":{"first":1}}'), 'UNKNOWN_PARAMETER', '/__proto__'],
    [{ noPagination: true }, 'UNKNOWN_PARAMETER', '/noPagination'],
    [{ filter: null }, 'INVALID_VALUE', '/filter'],
    [{ filter: 'rank' }, 'INVALID_VALUE', '/filter'],
    [{ filter: { 'a/b': { eq: 1 } } }, 'UNKNOWN_FIELD', '/filter/a~1b'],
    [{ filter: { rank: 1 } }, 'INVALID_VALUE', '/filter/rank'],
    [{ filter: { rank: { 'e/q': 1 } } }, 'UNKNOWN_OPERATOR', '/filter/rank/e~1q'],
    [{ filter: { rank: { eq: 2147483648 } } }, 'INVALID_VALUE', '/filter/rank/eq'],
    [{ filter: { rank: { eq: 1.5 } } }, 'INVALID_VALUE', '/filter/rank/eq'],
    [{ filter: { rank: { eq: '1' } } }, 'INVALID_VALUE', '/filter/rank/eq'],
    [{ filter: { pinned: { eq: 'true' } } }, 'INVALID_VALUE', '/filter/pinned/eq'],
    [{ filter: undefined }, 'MISSING_VALUE', '/filter'],
    [{ filter: { rank: { eq: [1] } } }, 'INVALID_VALUE', '/filter/rank/eq'],
    [{ filter: { rank: { in: '1,2' } } }, 'INVALID_VALUE', '/filter/rank/in'],
    [{ filter: { rank: { in: { length: 1, 0: 1 } } } }, 'INVALID_VALUE', '/filter/rank/in'],
    [{ filter: { views: { eq: 2 ** 60 } } }, 'INVALID_VALUE', '/filter/views/eq'],
    [{ filter: { name: { eq: 7 } } }, 'INVALID_VALUE', '/filter/name/eq'],
    [{ filter: { pinned: { eq: ['true'] } } }, 'INVALID_VALUE', '/filter/pinned/eq'],
    [{ filter: { pinned: { eq: { toString: 1, valueOf: 1 } } } }, 'INVALID_VALUE', '/filter/pinned/eq'],
    [{ filter: { mood: { in: ['sad', 'mad'] } } }, 'INVALID_VALUE', '/filter/mood/in/1'],
    [{ filter: { and: [{}, { not: { mood: { eq: null } } }] } }, 'INVALID_VALUE', '/filter/and/1/not/mood/eq'],
    [{ order: 'name' }, 'INVALID_ORDER', '/order'],
    [{ order: null }, 'INVALID_ORDER', '/order'],
    [{ order: [['name']] }, 'INVALID_ORDER', '/order'],
    [{ order: ['name', 'hidden'] }, 'INVALID_ORDER', '/order/1'],
    [{ order: ['name', '-title'] }, 'INVALID_ORDER', '/order/1'],
    [{ first: '5' }, 'INVALID_PAGINATION', '/first'],
    [{ first: true }, 'INVALID_PAGINATION', '/first'],
    [{ first: null }, 'INVALID_PAGINATION', '/first'],
    [{ first: [5] }, 'INVALID_PAGINATION', '/first'],
    [{ offset: 1 }, 'INVALID_PAGINATION', '/offset'],
    [{ limit: 1, offset: 1.5 }, 'INVALID_PAGINATION', '/offset'],
    [{ first: 1, limit: 1 }, 'INVALID_PAGINATION', '/first'],
    [{ total: null }, 'INVALID_PAGINATION', '/total'],
    [{ total: { atMost: 5 } }, 'INVALID_PAGINATION', '/total'],
    [{ total: 2_000_000 }, 'INVALID_PAGINATION', '/total'],
    [{ first: 1, after: '' }, 'INVALID_CURSOR', '/after'],
    [{ first: 1, after: 0 }, 'INVALID_CURSOR', '/after'],
    [{ first: 1, after: false }, 'INVALID_CURSOR', '/after'],
    [{ last: 1, before: {} }, 'INVALID_CURSOR', '/before'],
  ])('%j is refused with %s', (body, reason, pointer) => expect(refused(body)).toEqual([reason, pointer]));

  it('may leave the cursor of its first page null, as GraphQL clients do', () => {
    expect(refused({ first: 1, after: null })).toBeNull();
    expect(refused({ last: 1, before: null })).toBeNull();
  });
});

describe('a condition from JSON', () => {
  it('names its parts from where it stands', () => {
    const at = (json: unknown): unknown => refusal(() => thingFields.parseCondition(json, '/body/filter'));
    expect(at({ rank: { eq: 'x' } })).toEqual(['INVALID_VALUE', '/body/filter/rank/eq']);
    expect(refusal(() => thingFields.parseCondition({ or: 1 }))).toEqual(['INVALID_VALUE', '/or']);
  });
});
