import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import fc from 'fast-check';
import { cacheKey, type CacheKeyParts } from '../src/index.js';

const hostile = fc.oneof(
  fc.string({ minLength: 1, unit: 'binary' }),
  fc.string({ minLength: 1, maxLength: 6, unit: fc.constantFrom(...':{}*%#!;a1') }),
  fc.string({ minLength: 195, maxLength: 205, unit: fc.constantFrom('a', ':') }),
  fc.constantFrom('\ud800', '\udc00', '*', '!', '%', '%3a;', '__proto__', 'a#lease', '}:{'),
);
const parts: fc.Arbitrary<CacheKeyParts> = fc.record({
  tenant: fc.option(hostile),
  id: fc.oneof(hostile, fc.tuple(hostile, hostile)),
});
const same = (one: CacheKeyParts, other: CacheKeyParts): boolean =>
  JSON.stringify([one.tenant, [one.id].flat()]) === JSON.stringify([other.tenant, [other.id].flat()]);

describe('the key of an entry', () => {
  it('is another one for another tenant or id, whatever is in them', () => {
    fc.assert(
      fc.property(parts, parts, (one, other) => {
        expect(cacheKey('p', 'agent', one) === cacheKey('p', 'agent', other)).toBe(same(one, other));
      }),
      { numRuns: 500 },
    );
  });

  it('has the tenant, and nothing else, as its hash tag', () => {
    fc.assert(
      fc.property(parts, hostile, (one, id) => {
        const tag = (key: string): string => key.slice(key.indexOf('{') + 1, key.indexOf('}'));
        const key = cacheKey('p', 'agent', one);
        expect(key.match(/[{}]/g)).toEqual(['{', '}']);
        expect(tag(key)).toBe(tag(cacheKey('p', 'user', { tenant: one.tenant, id })));
        expect(tag(key)).not.toBe('');
      }),
    );
  });

  it('is short and printable', () => {
    fc.assert(
      fc.property(parts, (one) => {
        expect(cacheKey('p', 'agent', one)).toMatch(/^[\w.@%;!*:{}-]{1,620}$/);
      }),
    );
  });

  it('shows what is in it', () => {
    expect(cacheKey('holdfast', 'agent', { tenant: 'team-7', id: ['a1', 'x:y'] })).toBe(
      'holdfast:{team-7}:agent:a1:x%3a;y',
    );
    expect(cacheKey('holdfast', 'agent', { tenant: null, id: 'a1' })).toBe('holdfast:{*}:agent:a1');
    expect(cacheKey('holdfast', 'agent', { tenant: null, id: 'a1' }, 16)).toMatch(/^holdfast:\{\*@\d+\}:agent:a1$/);
    expect(cacheKey('holdfast', 'agent', { tenant: 'red', id: 'a1' }, 16)).toBe('holdfast:{red}:agent:a1');
  });

  it.each([
    { tenant: '', id: 'a' },
    { tenant: undefined, id: 'a' },
    { tenant: 7, id: 'a' },
    { tenant: 't', id: '' },
    { tenant: 't', id: undefined },
    { tenant: 't', id: [] },
    { tenant: 't', id: ['a', null] },
  ])('is refused for %j', (given) => {
    expect(() => cacheKey('p', 'agent', given as never)).toThrow(Misuse);
  });
});
