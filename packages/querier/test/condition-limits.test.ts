import { describe, expect, it } from '@jest/globals';
import { batchQuerier, compileCondition, compileSearch, defaultLimits, SqlWriter, unscoped } from '../src/index.js';
import { everything } from '../src/scope/everything.js';
import type { QueryCondition, QueryLimits } from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { thing, type Thing } from './fixture/thing.js';

const limits: QueryLimits = { maxPageSize: 10, maxDepth: 2, maxNodes: 4, maxListLength: 3, maxTextLength: 5 };
const refused = (condition: QueryCondition<Thing>, most = limits): ReturnType<typeof refusal> =>
  refusal(() => compileCondition(thing, condition, everything, new SqlWriter(), most));

describe('the limits of a condition', () => {
  it('hold for its depth', () => {
    expect(refused({ not: { and: [{}] } })).toBeNull();
    expect(refused({ not: { and: [{ not: {} }] } })).toEqual(['LIMIT_EXCEEDED', '/not/and/0/not']);
  });

  it('hold for its operators', () => {
    expect(refused({ rank: { gte: 1, lte: 2, ne: 3, gt: 4 } })).toBeNull();
    expect(refused({ rank: { gte: 1, lte: 2, ne: 3, gt: 4, lt: 5 } })).toEqual(['LIMIT_EXCEEDED', '/rank/ne']);
  });

  it('hold for its groups, even for those that say nothing', () => {
    expect(refused({ or: [{}, {}, {}, {}] })).toBeNull();
    expect(refused({ or: [{}, {}, {}, {}, {}] })).toEqual(['LIMIT_EXCEEDED', '/or/4']);
  });

  it('hold for lists', () => {
    expect(refused({ rank: { in: [1, 2, 3] } })).toBeNull();
    expect(refused({ rank: { in: [1, 2, 3, 4] } })).toEqual(['LIMIT_EXCEEDED', '/rank/in']);
  });

  it('hold for texts, in lists too', () => {
    expect(refused({ name: { eq: '12345', in: ['12345'] } })).toBeNull();
    expect(refused({ name: { eq: '123456' } })).toEqual(['LIMIT_EXCEEDED', '/name/eq']);
    expect(refused({ name: { in: ['', '123456'] } })).toEqual(['LIMIT_EXCEEDED', '/name/in/1']);
  });

  it('end the reading of what nests without end', () => {
    const loop: { not?: QueryCondition<Thing> } = {};
    loop.not = loop;
    expect(refused(loop, defaultLimits)?.[0]).toBe('LIMIT_EXCEEDED');
  });

  it('end what nests deeper than calls can, as part of a search too', () => {
    let deep: QueryCondition<Thing> = {};
    for (let i = 0; i < 100_000; i++) deep = { not: deep };
    const querier = batchQuerier<Thing>({ conditions: [deep], pagination: { first: 1 } });
    const search = (): unknown =>
      compileSearch(thing, unscoped('a test'), querier, { restriction: null, cursors: null });
    expect(refusal(search)).toEqual(['LIMIT_EXCEEDED', `/conditions/0${'/not'.repeat(9)}`]);
  });
});
