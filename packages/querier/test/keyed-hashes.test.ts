import { createHmac } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { KeyedHashes } from '../src/page/keyed-hashes.js';

const key = Buffer.alloc(32, 7);

/** What it must be, by itself. */
const expected = (text: string): string => createHmac('sha256', key).update(text).digest('base64url').slice(0, 16);

describe('KeyedHashes', () => {
  it('are those of their texts, however many came in between', () => {
    const hashes = new KeyedHashes(key);
    const texts = Array.from({ length: 1_200 }, (_, i) => `filter ${i}`);

    expect(texts.map((text) => hashes.of(text))).toEqual(texts.map(expected));
    expect([...texts].reverse().map((text) => hashes.of(text))).toEqual([...texts].reverse().map(expected));
  });

  it('are those of texts of any length', () => {
    const hashes = new KeyedHashes(key);

    for (const length of [0, 1, 1_000, 1_001, 100_000]) {
      const text = 'x'.repeat(length);
      expect([hashes.of(text), hashes.of(text)]).toEqual([expected(text), expected(text)]);
    }
  });

  it('differ with the key', () => {
    expect(new KeyedHashes(Buffer.alloc(32, 8)).of('text')).not.toBe(new KeyedHashes(key).of('text'));
  });
});
