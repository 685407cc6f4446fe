import { describe, expect, it } from '@jest/globals';
import { compileCondition, defaultLimits, type QueryCondition, SqlWriter } from '../src/index.js';
import { everything } from '../src/scope/everything.js';
import { refusal } from './fixture/refusal.js';
import { thing, type Thing } from './fixture/thing.js';

const refused = (condition: unknown, pointer?: string): ReturnType<typeof refusal> =>
  refusal(() =>
    compileCondition(thing, condition as QueryCondition<Thing>, everything, new SqlWriter(), defaultLimits, pointer),
  );

class Hollow {
  readonly #name = 'a';
  get name(): object {
    return { eq: this.#name };
  }
}

const noObjects: readonly (readonly [string, unknown])[] = [
  ['undefined', undefined],
  ['null', null],
  ['a text', 'x'],
  ['a number', 1],
  ['a boolean', true],
  ['a function', () => ({})],
  ['a list', []],
  ['a date', new Date()],
  ['bytes', new Uint8Array()],
  ['a Map', new Map([['name', { eq: 'a' }]])],
  ['a promise that was not awaited', Promise.resolve({ name: { eq: 'a' } })],
  ['an instance of a class', new Hollow()],
  ['an object with inherited members', Object.create({ name: { eq: 'a' } })],
  ['an object that inherits from one without a prototype', Object.create(Object.create(null, { name: { value: 1 } }))],
  ['an object with a symbol', { [Symbol('or')]: [] }],
];

describe('a condition is refused', () => {
  it.each(noObjects)('where it should be an object and is %s', (_name, value) => {
    expect(refused(value)).toEqual(['INVALID_VALUE', '']);
    expect(refused({ or: [{}, value] })).toEqual(['INVALID_VALUE', '/or/1']);
    const at = value === undefined || value === null ? 'MISSING_VALUE' : 'INVALID_VALUE';
    expect(refused({ not: value })).toEqual([at, '/not']);
    expect(refused({ name: value })).toEqual([at, '/name']);
  });

  it('where a list should be and is not', () => {
    expect(refused({ or: {} })).toEqual(['INVALID_VALUE', '/or']);
    expect(refused({ and: 'x' })).toEqual(['INVALID_VALUE', '/and']);
    expect(refused({ rank: { in: 1 } })).toEqual(['INVALID_VALUE', '/rank/in']);
    expect(refused({ tags: { hasAny: { 0: 'a', length: 1 } } })).toEqual(['INVALID_VALUE', '/tags/hasAny']);
  });

  it('where a list has holes', () => {
    const holes = (last: unknown): unknown[] => Object.assign([], { 1: last });
    expect(refused({ or: holes({}) })).toEqual(['INVALID_VALUE', '/or/0']);
    expect(refused({ name: { in: holes('a') } })).toEqual(['INVALID_VALUE', '/name/in/0']);
  });

  it.each(['eq', 'ne', 'in', 'isNull', 'contains'])('where %s has no value', (operator) => {
    expect(refused({ name: { [operator]: undefined } })).toEqual(['MISSING_VALUE', `/name/${operator}`]);
    expect(refused({ name: { [operator]: null } })).toEqual(['MISSING_VALUE', `/name/${operator}`]);
  });

  it('where a column has no operator', () => expect(refused({ name: {} })).toEqual(['MISSING_VALUE', '/name']));

  it.each(['colour', '__proto__', 'constructor', 'toString', 'hasOwnProperty', '', 'name"', 'NAME'])(
    'for a field that there is not: %s',
    (name) => expect(refused(JSON.parse(`{${JSON.stringify(name)}:{"eq":1}}`))).toEqual(['UNKNOWN_FIELD', `/${name}`]),
  );

  it.each(['like', '__proto__', 'constructor', 'toString', 'valueOf', '', 'EQ', '$eq'])(
    'for an operator that there is not: %s',
    (name) => {
      const condition: unknown = JSON.parse(`{"name":{${JSON.stringify(name)}:"a"}}`);
      expect(refused(condition)).toEqual(['UNKNOWN_OPERATOR', `/name/${name}`]);
    },
  );

  it('for a value of another type, in lists too', () => {
    expect(refused({ rank: { eq: '1' } })).toEqual(['INVALID_VALUE', '/rank/eq']);
    expect(refused({ rank: { in: [1, 2.5] } })).toEqual(['INVALID_VALUE', '/rank/in/1']);
    expect(refused({ rank: { in: [1, null] } })).toEqual(['INVALID_VALUE', '/rank/in/1']);
    expect(refused({ name: { contains: 1 } })).toEqual(['INVALID_VALUE', '/name/contains']);
    expect(refused({ name: { isNull: 'false' } })).toEqual(['INVALID_VALUE', '/name/isNull']);
    expect(refused({ tags: { has: ['a'] } })).toEqual(['INVALID_VALUE', '/tags/has']);
    expect(refused({ tags: { hasAll: ['a', 1] } })).toEqual(['INVALID_VALUE', '/tags/hasAll/1']);
  });

  it('for a containment that would lose a part on its way', () => {
    const cycle: Record<string, unknown> = {};
    cycle['self'] = cycle;
    for (const value of [{ a: undefined }, { a: [{ b: NaN }] }, { a: 1n }, { a: new Date() }, () => 1, cycle]) {
      expect(refused({ facts: { contains: value } })).toEqual(['INVALID_VALUE', '/facts/contains']);
    }
    expect(refused({ facts: { contains: { a: [1, null, 'x', { b: true }] } } })).toBeNull();
  });

  it('naming the part by a JSON pointer from where it is told to', () => {
    const condition = { and: [{}, { or: [{ not: { 'a/b~c': { eq: 1 } } }] }] };
    expect(refused(condition, '/conditions/3')).toEqual(['UNKNOWN_FIELD', '/conditions/3/and/1/or/0/not/a~1b~0c']);
  });
});
