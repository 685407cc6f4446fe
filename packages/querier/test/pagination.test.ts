import { describe, expect, it } from '@jest/globals';
import {
  batchQuerier,
  compileSearch,
  CursorCodec,
  type Pagination,
  type PageStatement,
  type Total,
  unscoped,
} from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { ID, thing, type Thing } from './fixture/thing.js';

const cursors = new CursorCodec({ keys: ['a secret that only these tests know of'] });

function search(pagination: unknown, total?: unknown): PageStatement {
  const querier = { ...batchQuerier<Thing>({ pagination: { first: 1 } }), pagination: pagination as Pagination };
  const counted = total === undefined ? querier : { ...querier, total: total as Total };
  return compileSearch(thing, unscoped('a test'), counted, { restriction: null, cursors });
}

const refused = (pagination: unknown, total?: unknown): ReturnType<typeof refusal> =>
  refusal(() => search(pagination, total));
const cursor = cursors.encode(search({ first: 1 }).binding!, [ID]);

const names = ['limit', 'offset', 'first', 'after', 'last', 'before', 'noPagination'] as const;
const given = { limit: 5, offset: 5, first: 5, after: cursor, last: 5, before: cursor, noPagination: true };
const allowed: readonly string[] = ['limit,offset', 'first', 'first,after', 'last', 'last,before', 'noPagination'];

/** Every subset of the arguments. */
const mixes = Array.from({ length: 2 ** names.length }, (_, bits) => names.filter((_name, i) => bits & (1 << i)));

describe('a page', () => {
  it.each(mixes.map((mix) => [mix.join(',')]))('given by "%s" is one of the four, or refused', (mix) => {
    const chosen = mix.split(',').filter(Boolean) as (typeof names)[number][];
    const pagination = Object.fromEntries(chosen.map((name) => [name, given[name]]));
    if (allowed.includes(mix)) expect(search(pagination).pagination).toMatchObject(pagination);
    else expect(refused(pagination)?.[0]).toBe('INVALID_PAGINATION');
  });

  it.each([
    [{ offset: 5 }, 'A page needs limit, first or last: offset goes with limit.'],
    [{ after: cursor }, 'A page needs limit, first or last: after goes with first.'],
    [{ before: cursor }, 'A page needs limit, first or last: before goes with last.'],
    [{}, 'A page needs limit, first or last.'],
  ])('of %j alone is refused, saying what it needs', (pagination, message) => {
    expect(() => search(pagination)).toThrow(message);
  });

  it('takes undefined and null for what is not given', () => {
    for (const none of [undefined, null]) {
      const rest = Object.fromEntries(names.map((name) => [name, none]));
      expect(search({ ...rest, first: 3 })).toMatchObject({
        pagination: { first: 3 },
        sql: expect.stringMatching(/ LIMIT 4$/),
      });
      expect(search({ ...rest, last: 3 }).sql).toMatch(/ LIMIT 4$/);
      expect(search({ ...rest, limit: 3, offset: 0 }).sql).toMatch(/ LIMIT 4$/);
      expect(search({ ...rest, noPagination: true }).sql).not.toContain('LIMIT');
      expect(refused(rest)).toEqual(['INVALID_PAGINATION', '/first']);
    }
  });

  it.each([
    ['limit', 1],
    ['first', 0],
    ['last', 1],
  ])('has a size: %s is a whole number of at least %i and at most 1000', (name, least) => {
    const rest = name === 'limit' ? { offset: 0 } : {};
    expect(refused({ ...rest, [name]: least })).toBeNull();
    expect(refused({ ...rest, [name]: 1000 })).toBeNull();
    for (const size of [
      least - 1,
      -1,
      1.5,
      NaN,
      Infinity,
      -Infinity,
      1001,
      2 ** 53,
      1e21,
      '5',
      '',
      true,
      [5],
      5n,
      {},
    ]) {
      expect(refused({ ...rest, [name]: size })).toEqual(['INVALID_PAGINATION', `/${name}`]);
    }
  });

  it('may begin at any offset that is a whole number', () => {
    expect(refused({ limit: 1, offset: Number.MAX_SAFE_INTEGER })).toBeNull();
    expect(search({ limit: 1, offset: -0 }).sql).not.toContain('OFFSET');
    for (const offset of [-1, 0.5, NaN, Infinity, 2 ** 53, '0']) {
      expect(refused({ limit: 1, offset })).toEqual(['INVALID_PAGINATION', '/offset']);
    }
  });

  it.each([false, 0, '', 'true', 1, {}])(
    'holds every row only where that is said: not for noPagination %p',
    (noPagination) => {
      expect(refused({ noPagination })).toEqual(['INVALID_PAGINATION', '/noPagination']);
      expect(refused({ first: 5, noPagination })).toEqual(['INVALID_PAGINATION', '/noPagination']);
    },
  );

  it.each([null, undefined, 'first', 5, [], new Map([['first', 5]]), Object.create({ first: 5 })])(
    'is a plain object: %p is refused',
    (pagination) => expect(refused(pagination)).toEqual(['INVALID_VALUE', '/pagination']),
  );

  it('ignores what is inherited', () => {
    const polluted = Object.assign(Object.create(null) as object, { first: 5 });
    expect(search(polluted).sql).toMatch(/ LIMIT 6$/);
  });

  it.each(['', ' ', 'x', 0, false, 1, true, {}, [cursor]])(
    'is never the first for a cursor that is not one: %p',
    (odd) => {
      expect(refused({ first: 5, after: odd })).toEqual(['INVALID_CURSOR', '/after']);
      expect(refused({ last: 5, before: odd })).toEqual(['INVALID_CURSOR', '/before']);
    },
  );

  it('is counted not at all, exactly, or up to a number', () => {
    for (const total of ['none', 'exact', { atMost: 1 }, { atMost: 1_000_000 }])
      expect(refused({ first: 1 }, total)).toBeNull();
    for (const total of [
      null,
      'some',
      5,
      {},
      { atMost: 0 },
      { atMost: 1_000_001 },
      { atMost: 1.5 },
      { atMost: '5' },
      [],
    ]) {
      expect(refused({ first: 1 }, total)).toEqual(['INVALID_PAGINATION', '/total']);
    }
  });

  it('is walked by cursor only where there is a codec', () => {
    const querier = batchQuerier<Thing>({ pagination: { first: 1 } });
    const context = { restriction: null, cursors: null };
    expect(() => compileSearch(thing, unscoped('a test'), querier, context)).toThrow(/need a CursorCodec/);
  });
});
