import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { inspect } from 'node:util';
import fc from 'fast-check';
import { Misuse } from '@holdfast/errors';
import { type EncryptionKey, SecretKeys } from '../src/index.js';

const newKey = (id: string): EncryptionKey => ({ id, key: randomBytes(32).toString('base64') });

const one = newKey('one');
const two = newKey('two');

describe('SecretKeys', () => {
  it('opens what it has sealed, whatever the text and the place are', () => {
    const keys = new SecretKeys([one]);
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (text, place) => {
        expect(keys.open(keys.seal(text, place), place)).toBe(Buffer.from(text).toString());
      }),
    );
  });

  it('seals with the newest key, and opens what older ones have sealed', () => {
    const before = new SecretKeys([one]).seal('secret', 'place');
    const rotated = new SecretKeys([two, one]);

    expect(rotated.open(before, 'place')).toBe('secret');
    expect(rotated.seal('secret', 'place')).toMatch(/^v1\.two\./);
    expect(new SecretKeys([two]).open(rotated.seal('secret', 'place'), 'place')).toBe('secret');
  });

  it('seals anew under the newest key what older ones have sealed', () => {
    const before = new SecretKeys([one]).seal('secret', 'place');
    const rotated = new SecretKeys([two, one]);
    const after = rotated.reseal(before, 'place');

    expect(after).toBe(rotated.seal('secret', 'place'));
    expect(new SecretKeys([two]).open(after, 'place')).toBe('secret');
    expect(rotated.reseal(after, 'place')).toBe(after);
    expect(() => rotated.reseal(before, 'elsewhere')).toThrow(expect.objectContaining({ reason: 'not-authentic' }));
  });

  it('says which key is missing', () => {
    const sealed = new SecretKeys([one]).seal('secret', 'place');

    expect(() => new SecretKeys([two]).open(sealed, 'place')).toThrow(
      expect.objectContaining({ code: 'secret_read_mismatch', reason: 'unknown-key', keyId: 'one' }),
    );
  });

  it('opens nothing with another key of the same id, in another place, or once a bit is another', () => {
    const keys = new SecretKeys([one]);
    const sealed = keys.seal('secret', 'place');
    const unauthentic = expect.objectContaining({ reason: 'not-authentic', keyId: 'one' });

    expect(() => new SecretKeys([{ ...two, id: 'one' }]).open(sealed, 'place')).toThrow(unauthentic);
    expect(() => keys.open(sealed, 'another place')).toThrow(unauthentic);
    const head = sealed.slice(0, keys.prefix.length);
    const bytes = Buffer.from(sealed.slice(keys.prefix.length), 'base64url');
    for (let bit = 0; bit < bytes.length * 8; bit++) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3]! ^= 1 << (bit & 7);
      expect(() => keys.open(head + changed.toString('base64url'), 'place')).toThrow(unauthentic);
    }
    for (let length = 0; length < bytes.length; length++) {
      expect(() => keys.open(head + bytes.subarray(0, length).toString('base64url'), 'place')).toThrow(unauthentic);
    }
  });

  it.each(['', 'v1', 'v1.one', 'v2.one.AAAA', 'v1.one.AAAA.AAAA', 'plain text'])('refuses %p as sealed', (text) => {
    expect(() => new SecretKeys([one]).open(text, 'place')).toThrow(
      expect.objectContaining({ reason: 'unknown-format', keyId: null }),
    );
  });

  it('seals another text, and the same text in another place, under another nonce', () => {
    const keys = new SecretKeys([one]);
    const nonceOf = (text: string, place: string): string =>
      Buffer.from(keys.seal(text, place).slice(keys.prefix.length), 'base64url').toString('hex', 0, 12);

    expect(
      new Set([nonceOf('a', 'b'), nonceOf('b', 'b'), nonceOf('a', 'a'), nonceOf('ab', ''), nonceOf('', 'ab')]).size,
    ).toBe(5);
    expect(keys.seal('a', 'b')).toBe(keys.seal('a', 'b'));
  });

  it.each([
    ['none', []],
    ['a short one', [{ id: 'a', key: Buffer.alloc(31).toString('base64') }]],
    ['a text', [{ id: 'a', key: 'thirty-two characters of a text!' }]],
    ['one that is no text', [{ id: 'a', key: Buffer.alloc(32) }]],
    ['one without an id', [{ id: '', key: one.key }]],
    ['two of one id', [one, { ...two, id: 'one' }]],
  ])('refuses %s, and tells nothing of it', (_what, keys) => {
    const make = (): unknown => new SecretKeys(keys as never);

    expect(make).toThrow(Misuse);
    try {
      make();
    } catch (error) {
      for (const { key } of keys) expect(String(error)).not.toContain(String(key));
    }
  });

  it('shows no key when it is printed', () => {
    const keys = new SecretKeys([one]);

    expect(inspect(keys, { depth: 9, showHidden: true }) + JSON.stringify(keys)).not.toContain(one.key);
  });
});
