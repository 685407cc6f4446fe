import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import {
  compileScope,
  type Scope,
  scopesOf,
  SearchScope,
  searchScope,
  SqlWriter,
  Unscoped,
  unscoped,
} from '../src/index.js';
import { ID, thing, type Thing } from './fixture/thing.js';

const tenant = (name: string): SearchScope<Thing> => searchScope<Thing>({ name: 'tenant', equals: { tenant: name } });

function compiled(scope: Scope<Thing>): readonly [sql: string, ...values: (string | null)[]] {
  const writer = new SqlWriter();
  return [compileScope(thing, scope, writer), ...writer.values];
}

describe('a scope', () => {
  it('is the equality of its columns, in brackets', () => {
    expect(compiled(tenant('a'))).toEqual(['("tenant" = $1::text)', 'a']);
    const both = searchScope<Thing>({ name: 'one', equals: { tenant: 'a', rank: 7 } });
    expect(compiled(both)).toEqual(['("tenant" = $1::text AND "rank" = $2::int4)', 'a', '7']);
    expect(both.toConditions()).toEqual([{ tenant: { eq: 'a' }, rank: { eq: 7 } }]);
  });

  it('is the union of several', () => {
    expect(compiled([tenant('a'), tenant('b')])).toEqual([
      '(("tenant" = $1::text) OR ("tenant" = $2::text))',
      'a',
      'b',
    ]);
  });

  it('is everything only where that is said with a reason', () => {
    expect(compiled(unscoped('a nightly report'))).toEqual(['TRUE']);
    expect(unscoped('a nightly report').reason).toBe('a nightly report');
    for (const reason of ['', '  ', undefined, null, 1]) expect(() => unscoped(reason as string)).toThrow(Misuse);
  });

  it.each([undefined, null, '', NaN])('cannot be made of %s', (value) => {
    expect(() => searchScope<Thing>({ name: 'tenant', equals: { tenant: value as string } })).toThrow(
      /no value for tenant/,
    );
    expect(() => searchScope<Thing>({ name: 'x', equals: { rank: 1, tenant: value as string } })).toThrow(Misuse);
  });

  it('cannot be made of no column', () => {
    expect(() => searchScope<Thing>({ name: 'tenant', equals: {} })).toThrow(/says nothing/);
    expect(() => searchScope<Thing>({ name: 'tenant', equals: Object.create({ tenant: 'a' }) as object })).toThrow(
      Misuse,
    );
  });

  it('reads its values once', () => {
    let reads = 0;
    const equals = {
      get tenant() {
        return reads++ === 0 ? 'a' : undefined;
      },
    };
    expect(compiled(searchScope<Thing>({ name: 'tenant', equals: equals as { tenant: string } }))[1]).toBe('a');
  });

  it('does not change', () => {
    const equals = { tenant: 'a' };
    const scope = searchScope<Thing>({ name: 'tenant', equals });
    equals.tenant = 'b';
    expect(() => Object.assign(scope, { stamp: { tenant: 'b' } })).toThrow(TypeError);
    expect(() => Object.assign(scope.stamp, { tenant: 'b' })).toThrow(TypeError);
    expect(compiled(scope)[1]).toBe('a');
  });

  it('of a column that the entity has not is a fault of the program', () => {
    const foreign = searchScope<{ region: string }>({ name: 'region', equals: { region: 'r' } });
    expect(() => compiled(foreign as unknown as Scope<Thing>)).toThrow('The scope region is not one of Thing.');
  });

  const genuine = tenant('a');
  const forged: readonly (readonly [string, unknown])[] = [
    ['nothing', undefined],
    ['null', null],
    ['an empty list', []],
    ['a list with a hole', Object.assign([], { 1: genuine })],
    ['a list with nothing in it', [genuine, undefined]],
    ['a list of lists', [[genuine]]],
    ['a list with the way out in it', [genuine, unscoped('x')]],
    ['a copy', { ...genuine }],
    ['an object that inherits from one', Object.create(genuine)],
    ['an object of its prototype', Object.create(SearchScope.prototype)],
    ['a proxy', new Proxy(genuine, {})],
    ['an object that looks like one', { name: 'tenant', stamp: { tenant: 'a' }, toConditions: () => [] }],
    ['what JSON makes of one', JSON.parse(JSON.stringify(genuine))],
    ['a copy of the way out', { ...unscoped('x') }],
    ['an object of the prototype of the way out', Object.create(Unscoped.prototype)],
    ['a reason', 'x'],
  ];

  it.each(forged)('is genuine: %s is refused', (_name, scope) => {
    expect(() => scopesOf(scope as Scope<Thing>)).toThrow(Misuse);
    expect(() => compiled(scope as Scope<Thing>)).toThrow(Misuse);
  });

  it('has no public constructor', () => {
    const args = { name: 'tenant', equals: { tenant: 'a' } };
    expect(() => new SearchScope<Thing>(Symbol('seal'), args)).toThrow(Misuse);
    expect(() => new Unscoped(Symbol('seal'), 'x')).toThrow(Misuse);
  });

  it('refuses a value that its column cannot hold', () => {
    const odd = searchScope<Thing>({ name: 'odd', equals: { rank: 1.5, id: ID } });
    expect(() => compiled(odd)).toThrow(expect.objectContaining({ reason: 'INVALID_VALUE', pointer: '/scope/rank' }));
  });
});
