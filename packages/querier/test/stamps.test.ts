import { describe, expect, it } from '@jest/globals';
import {
  checkChangesStayInside,
  OutsideScope,
  type SearchScope,
  searchScope,
  stampedValues,
  unscoped,
} from '../src/index.js';
import { type Thing, thing } from './fixture/thing.js';

type OwningColumns = Pick<Thing, never> & { readonly tenant?: string; readonly rank?: number; readonly name?: string };

const scope = (equals: OwningColumns): SearchScope<Thing> => searchScope<Thing>({ name: 'test', equals });
const a = scope({ tenant: 'a' });
const b = scope({ tenant: 'b' });
const ranked = scope({ tenant: 'c', rank: 7 });

/** A row whose tenant is not its own but of its class. */
class Inheriting {
  name = 'x';
  get tenant(): string {
    return 'a';
  }
}

describe('a row that is created', () => {
  it('is stamped with a name like any other by a scope that says __proto__', () => {
    const odd = searchScope<Thing>({ name: 'test', equals: JSON.parse('{"__proto__":"a"}') as object });

    expect(Object.keys(stampedValues(odd, { name: 'x' }))).toEqual(['name', '__proto__']);
  });

  it('is stamped with its scope', () => {
    expect(stampedValues(a, { name: 'x' })).toEqual({ name: 'x', tenant: 'a' });
    expect(stampedValues(ranked, { tenant: undefined, name: 'x' })).toEqual({ name: 'x', tenant: 'c', rank: 7 });
    expect(stampedValues([a], { name: 'x' })).toEqual({ name: 'x', tenant: 'a' });
    expect(Object.entries(stampedValues(a, new Inheriting()))).toEqual([
      ['name', 'x'],
      ['tenant', 'a'],
    ]);
  });

  it('may say itself what its scope says', () => {
    expect(stampedValues(a, { tenant: 'a' })).toEqual({ tenant: 'a' });
    expect(() => stampedValues(a, { tenant: 'b' })).toThrow(
      expect.objectContaining({ property: 'tenant', httpStatus: 403 }),
    );
    expect(() => stampedValues(a, { tenant: null })).toThrow(OutsideScope);
    expect(() => stampedValues(ranked, { tenant: 'c', rank: 8 })).toThrow(
      expect.objectContaining({ property: 'rank' }),
    );
  });

  it('lies wholly within one scope of a union', () => {
    expect(stampedValues([a, b], { tenant: 'b' })).toEqual({ tenant: 'b' });
    expect(stampedValues([a, ranked], { tenant: 'c', rank: 7 })).toEqual({ tenant: 'c', rank: 7 });
    for (const values of [{}, { tenant: 'd' }, { tenant: 'c' }, { tenant: null }, new Inheriting()]) {
      expect(() => stampedValues([b, ranked, a], values)).toThrow(OutsideScope);
    }
  });

  it('is left as it is without a scope', () => {
    const values = { tenant: 'z' };
    expect(stampedValues(unscoped('an import'), values)).toBe(values);
  });

  it('is not changed in place', () => {
    const values = Object.freeze({ name: 'x' });
    expect(stampedValues(a, values)).not.toBe(values);
  });
});

describe('a change', () => {
  it('may not lead out of the scope', () => {
    expect(() => checkChangesStayInside(thing, a, { tenant: 'b' })).toThrow(OutsideScope);
    expect(() => checkChangesStayInside(thing, a, { tenant: null })).toThrow(OutsideScope);
    expect(() => checkChangesStayInside(thing, [a, b], { tenant: 'b' })).toThrow(OutsideScope);
  });

  it('may touch everything else', () => {
    expect(() => checkChangesStayInside(thing, a, { name: 'x', tenant: 'a' })).not.toThrow();
    expect(() => checkChangesStayInside(thing, [a, ranked], { name: 'x' })).not.toThrow();
    expect(() => checkChangesStayInside(thing, unscoped('a repair'), { tenant: 'b' })).not.toThrow();
  });
});
