import { createHmac, hkdfSync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Misuse } from '@holdfast/errors';
import fc from 'fast-check';
import { type CursorBinding, CursorCodec } from '../src/index.js';
import { refusal } from './fixture/refusal.js';

const key = 'a secret that only these tests know of';
const newer = 'a newer secret that only these tests know';
const codec = new CursorCodec({ keys: [key] });
const binding: CursorBinding = { entity: 'Thing', order: 'rank', filter: 'tenant = a', isConfidential: false };

const refused = (cursor: unknown, length = 2, by = codec, bound = binding): ReturnType<typeof refusal> =>
  refusal(() => by.decode(bound, cursor, length, '/after'));
const INVALID = ['INVALID_CURSOR', '/after'];

/** A text that is signed as a cursor is. */
function signed(payload: string | Buffer): string {
  const bytes = Buffer.from(payload);
  const macKey = Buffer.from(hkdfSync('sha256', key, '', 'holdfast cursor sign', 32));
  const mac = createHmac('sha256', macKey).update(bytes).digest().subarray(0, 16);
  return Buffer.concat([Buffer.of(1), mac, bytes]).toString('base64url');
}

/** The payload of a cursor. */
const opened = (cursor: string): unknown[] =>
  JSON.parse(Buffer.from(cursor, 'base64url').subarray(17).toString()) as unknown[];

describe('a cursor', () => {
  it('gives back the position that it was made of', () => {
    const text = fc.oneof(fc.string({ unit: 'binary', maxLength: 100 }), fc.constant(null));
    fc.assert(
      fc.property(fc.array(text, { maxLength: 8 }), (position) => {
        const cursor = codec.encode(binding, position);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(codec.decode(binding, cursor, position.length, '/after')).toEqual(position);
      }),
    );
  });

  it('is refused with any other byte, and any other character', () => {
    const cursor = codec.encode(binding, ['1', null]);
    const bytes = Buffer.from(cursor, 'base64url');
    for (let i = 0; i < bytes.length; i++) {
      for (const bit of [1, 2, 4, 8, 16, 32, 64, 128]) {
        const other = Buffer.from(bytes);
        other[i]! ^= bit;
        expect(refused(other.toString('base64url'))).toEqual(INVALID);
      }
    }
    for (let i = 0; i < cursor.length; i++) {
      for (const other of ['', 'A', 'B', '_', '+', '=', ' ', '\n', '%', 'é']) {
        if (cursor[i] !== other) expect(refused(cursor.slice(0, i) + other + cursor.slice(i + 1))).toEqual(INVALID);
      }
    }
    expect(refused(cursor)).toBeNull();
  });

  describe.each([
    ['of a confidential order', codec, { ...binding, isConfidential: true }],
    ['of a codec that encrypts all', new CursorCodec({ keys: [key], encrypt: 'all' }), binding],
  ])('%s', (_, sealing, bound) => {
    const position = ['a value that nobody may see', null];

    it('tells nothing of its position, and gives it back', () => {
      const cursor = sealing.encode(bound, position);
      expect(Buffer.from(cursor, 'base64url').toString('latin1')).not.toMatch(/value|Thing/);
      expect(sealing.decode(bound, cursor, 2, '/after')).toEqual(position);
      expect(sealing.encode(bound, position)).not.toBe(cursor);
    });

    it('is refused with any other bit, in part, and without its key', () => {
      const bytes = Buffer.from(sealing.encode(bound, position), 'base64url');
      for (let i = 0; i < bytes.length * 8; i++) {
        const other = Buffer.from(bytes);
        other[i >> 3]! ^= 1 << (i & 7);
        expect(refused(other.toString('base64url'), 2, sealing, bound)).toEqual(INVALID);
        expect(refused(bytes.subarray(0, i >> 3).toString('base64url'), 2, sealing, bound)).toEqual(INVALID);
      }
      expect(refused(bytes.toString('base64url'), 2, new CursorCodec({ keys: [newer] }), bound)).toEqual(INVALID);
      expect(refused(bytes.toString('base64url'), 2, new CursorCodec({ keys: [newer, key] }), bound)).toBeNull();
    });
  });

  it('is refused in another spelling of the same bytes', () => {
    const cursor = codec.encode(binding, ['1', '2']);
    const bytes = Buffer.from(cursor, 'base64url');
    for (const other of [bytes.toString('base64'), `${cursor}=`, `${cursor}\n`, ` ${cursor}`, bytes.toString('hex')]) {
      if (other !== cursor) expect(refused(other)).toEqual(INVALID);
    }
  });

  it.each<Partial<CursorBinding>>([
    { entity: 'Other' },
    { order: 'rank DESC' },
    { filter: 'tenant = b' },
    { entity: '' },
  ])('is refused where it is bound to something else: %j', (other) =>
    expect(refused(codec.encode(binding, ['1', '2']), 2, codec, { ...binding, ...other })).toEqual(INVALID),
  );

  it('is refused for another number of keys', () => {
    const cursor = codec.encode(binding, ['1', '2']);
    for (const length of [0, 1, 3]) expect(refused(cursor, length)).toEqual(INVALID);
  });

  it('is accepted of every key, and made with the first', () => {
    const rotated = new CursorCodec({ keys: [newer, key] });
    expect(refused(codec.encode(binding, ['1', '2']), 2, rotated)).toBeNull();
    expect(refused(rotated.encode(binding, ['1', '2']), 2, codec)).toEqual(INVALID);
    expect(refused(rotated.encode(binding, ['1', '2']), 2, new CursorCodec({ keys: [newer] }))).toBeNull();
  });

  it.each([
    undefined,
    null,
    '',
    0,
    1,
    true,
    [],
    ['x'],
    {},
    Buffer.from('x'),
    Symbol('x'),
    'A'.repeat(21),
    'A'.repeat(22),
  ])('is refused where it is %p', (odd) => expect(refused(odd)).toEqual(INVALID));

  it('is refused beyond a length before anything is computed, even with a signature', () => {
    const [version, entity, order, filter] = opened(codec.encode(binding, ['1', '2']));
    const long = signed(JSON.stringify([version, entity, order, filter, ['1', 'x'.repeat(12_288)]]));
    expect(refused(long)).toEqual(INVALID);
    expect(refused('A'.repeat(10_000_000))).toEqual(INVALID);
  });

  it('cannot be made of values that would not be accepted again', () => {
    const longest = (length: number): ReturnType<typeof refusal> =>
      refusal(() => codec.decode(binding, codec.encode(binding, ['x'.repeat(length)]), 1, '/after'));
    expect(longest(9_000)).toBeNull();
    expect(longest(9_300)).toEqual(['INVALID_ORDER', '/orders']);
  });

  describe('with a signature of the key', () => {
    const [version, entity, order, filter] = opened(codec.encode(binding, ['1', '2'])) as [
      number,
      string,
      string,
      string,
    ];

    it('is read as what it says', () => {
      expect(refused(signed(JSON.stringify([version, entity, order, filter, ['1', null]])))).toBeNull();
    });

    it.each<[string, string | Buffer]>([
      ['no JSON', 'hello'],
      ['half of JSON', '[1,'],
      ['bytes that are no text', Buffer.from([0xff, 0xfe, 0])],
      ['null', 'null'],
      ['a number', '1'],
      ['a text', '"x"'],
      ['an object', '{"0":1}'],
      ['an empty list', '[]'],
      ['another version', JSON.stringify([1, entity, order, filter, ['1', '2']])],
      ['no position', JSON.stringify([version, entity, order, filter])],
      ['a position that is no list', JSON.stringify([version, entity, order, filter, { length: 2 }])],
      ['a text for a position', JSON.stringify([version, entity, order, filter, '12'])],
      ['numbers in a position', JSON.stringify([version, entity, order, filter, [1, 2]])],
      ['objects in a position', JSON.stringify([version, entity, order, filter, [{}, []]])],
    ])('is refused where it holds %s', (_name, payload) => expect(refused(signed(payload))).toEqual(INVALID));
  });

  it('needs keys that are long enough', () => {
    const keys: readonly unknown[] = [
      [],
      ['short'],
      [key, 'short'],
      ['x'.repeat(31)],
      [undefined],
      [32],
      key,
      undefined,
      null,
    ];
    for (const odd of keys) expect(() => new CursorCodec({ keys: odd as [string] })).toThrow(Misuse);
    expect(() => new CursorCodec({ keys: ['x'.repeat(32)] })).not.toThrow();
  });

  it('does not show the keys', () => expect(JSON.stringify(codec)).toBe('{}'));
});
