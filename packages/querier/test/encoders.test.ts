import { describe, expect, it } from '@jest/globals';
import { columnType, encodeElement, encodeValue, enumColumnType } from '../src/index.js';
import { refusal } from './fixture/refusal.js';
import { ID } from './fixture/thing.js';

const date = (text: string): Date => new Date(text);
const cycle: Record<string, unknown> = {};
cycle['self'] = cycle;
let deep: unknown = 1;
for (let i = 0; i < 100_000; i++) deep = [deep];

/** By type: what it takes with its text form, and what it refuses. */
const cases: Readonly<Record<string, { taken: readonly (readonly [unknown, string])[]; refused: readonly unknown[] }>> =
  {
    text: {
      taken: [
        ['', ''],
        ["it's \\ ☃ 💩", "it's \\ ☃ 💩"],
        ['x'.repeat(100_000), 'x'.repeat(100_000)],
      ],
      refused: ['a\0b', '\ud800', '\udc00\ud800', 'x\udfff', 1, true, new String('a'), ['a'], {}, null, undefined],
    },
    uuid: {
      taken: [
        [ID, ID],
        [ID.toUpperCase(), ID.toUpperCase()],
        ['00000000-0000-0000-0000-000000000000', '00000000-0000-0000-0000-000000000000'],
      ],
      refused: ['', `{${ID}}`, ID.replaceAll('-', ''), `${ID}\n`, ` ${ID}`, `${ID}0`, 'g' + ID.slice(1), 1],
    },
    smallint: {
      taken: [
        [-32768, '-32768'],
        [32767, '32767'],
        [-0, '0'],
      ],
      refused: [-32769, 32768, 0.5, NaN, Infinity, '1', 1n, true, null],
    },
    integer: {
      taken: [
        [-2147483648, '-2147483648'],
        [2147483647, '2147483647'],
        [-0, '0'],
      ],
      refused: [-2147483649, 2147483648, 1e21, 1.5, NaN, -Infinity, '1', 1n, new Number(1)],
    },
    bigint: {
      taken: [
        ['-9223372036854775808', '-9223372036854775808'],
        ['9223372036854775807', '9223372036854775807'],
        [2n ** 63n - 1n, '9223372036854775807'],
        [-(2n ** 63n), '-9223372036854775808'],
        [Number.MAX_SAFE_INTEGER, '9007199254740991'],
        ['+007', '7'],
        [-0, '0'],
      ],
      refused: [
        '9223372036854775808',
        '-9223372036854775809',
        2n ** 63n,
        2 ** 53,
        1.5,
        NaN,
        '',
        '1.0',
        '1e3',
        '0x1',
        ' 1',
      ],
    },
    numeric: {
      taken: [
        ['12345678901234567890.123456789', '12345678901234567890.123456789'],
        ['-.5', '-.5'],
        ['1e-9999', '1e-9999'],
        ['9'.repeat(1000), '9'.repeat(1000)],
        [1e21, '1e+21'],
        [5e-324, '5e-324'],
        [-0, '0'],
      ],
      refused: [
        '',
        '.',
        'NaN',
        'Infinity',
        '1e99999',
        '9'.repeat(1001),
        '1_000',
        '0x1',
        ' 1',
        '1\n',
        NaN,
        Infinity,
        1n,
      ],
    },
    float8: {
      taken: [
        [0.1, '0.1'],
        [Number.MAX_VALUE, '1.7976931348623157e+308'],
        [5e-324, '5e-324'],
        [NaN, 'NaN'],
        [-Infinity, '-Infinity'],
        [-0, '-0'],
      ],
      refused: ['1', 1n, null],
    },
    real: {
      taken: [
        [0.1, '0.1'],
        [3.4028234663852886e38, '3.4028234663852886e+38'],
        [1.401298464324817e-45, '1.401298464324817e-45'],
        [Infinity, 'Infinity'],
        [NaN, 'NaN'],
        [0, '0'],
      ],
      refused: [3.5e38, -1e300, 1e-46, '1'],
    },
    boolean: {
      taken: [
        [true, 't'],
        [false, 'f'],
      ],
      refused: [0, 1, 'true', 't', '', new Boolean(true), null],
    },
    timestamptz: {
      taken: [
        [date('2024-02-29T12:34:56.789Z'), '2024-02-29T12:34:56.789Z'],
        [date('0001-01-01T00:00:00.000Z'), '0001-01-01T00:00:00.000Z'],
        [date('9999-12-31T23:59:59.999Z'), '9999-12-31T23:59:59.999Z'],
        ['2024-01-01T00:00:00Z', '2024-01-01T00:00:00Z'],
        ['2024-02-29T23:59:59.999999+05:45', '2024-02-29T23:59:59.999999+05:45'],
        ['2024-02-29T23:59-14:00', '2024-02-29T23:59-14:00'],
      ],
      refused: [
        '2024-01-01',
        '2024-01-01T00:00:00',
        '2023-02-29T00:00:00Z',
        '2024-01-01T24:00:00Z',
        '2024-01-01T00:00:60Z',
        '2024-01-01T00:00:00.1234567Z',
        '2024-01-01T00:00:00+15:00',
        '2024-01-01T00:00:00 UTC',
        'now',
        'infinity',
        date('0000-12-31T23:59:59.999Z'),
        date('-000001-01-01T00:00:00Z'),
        date('+010000-01-01T00:00:00Z'),
        new Date(NaN),
        0,
      ],
    },
    date: {
      taken: [
        ['2024-02-29', '2024-02-29'],
        ['2000-02-29', '2000-02-29'],
        ['0001-01-01', '0001-01-01'],
        ['0099-12-31', '0099-12-31'],
        ['999999-12-31', '999999-12-31'],
      ],
      refused: [
        '2023-02-29',
        '1900-02-29',
        '2024-13-01',
        '2024-00-01',
        '2024-04-31',
        '2024-01-00',
        '0000-01-01',
        '24-1-1',
        '1000000-01-01',
        'today',
        '2024-01-01T00:00',
        '2024-01-01\n',
        new Date(0),
      ],
    },
    time: {
      taken: [
        ['00:00', '00:00'],
        ['23:59:59.999999', '23:59:59.999999'],
      ],
      refused: ['24:00', '12:60', '12:00:60', '1:00', '12', 'now', '12:00:00.1234567', new Date(0)],
    },
    jsonb: {
      taken: [
        [{ a: [1, null, 'x'] }, '{"a":[1,null,"x"]}'],
        ['a "text"', '"a \\"text\\""'],
        [0, '0'],
        ['a backslash before u: \\u0000 \\ud800', '"a backslash before u: \\\\u0000 \\\\ud800"'],
        [{ '💩': '💩' }, '{"💩":"💩"}'],
      ],
      refused: [
        '\0',
        { 'a\0': 1 },
        ['\\\0'],
        '\ud800',
        { a: ['\udfff'] },
        1n,
        cycle,
        deep,
        undefined,
        () => 1,
        Symbol('a'),
      ],
    },
    json: { taken: [[[], '[]']], refused: ['\0', '\ud800', { a: 1n }] },
    bytea: {
      taken: [
        [new Uint8Array([0, 1, 255]), '\\x0001ff'],
        [Buffer.from('a'), '\\x61'],
        [new Uint8Array(), '\\x'],
        [new Uint8Array([1, 2, 3]).subarray(1, 2), '\\x02'],
      ],
      refused: ['\\x00', [0, 1], new ArrayBuffer(1), new Uint16Array(1)],
    },
  };

describe.each(Object.entries(cases))('a value of %s', (name, { taken, refused }) => {
  const type = columnType(name);

  it('becomes the text form of PostgreSQL', () => {
    for (const [value, text] of taken) expect(encodeElement(type, value, '')).toBe(text);
  });

  it('is refused where the type cannot hold it, with its place', () => {
    for (const value of refused) {
      expect(refusal(() => encodeElement(type, value, '/at'))).toEqual(['INVALID_VALUE', '/at']);
    }
  });
});

it('a value of an enum is any text that can be stored', () => {
  const type = enumColumnType('"mood"');
  expect(encodeElement(type, 'glad', '')).toBe('glad');
  expect(refusal(() => encodeElement(type, 'a\0', ''))).toEqual(['INVALID_VALUE', '']);
  expect(refusal(() => encodeElement(type, 1, ''))).toEqual(['INVALID_VALUE', '']);
});

it('a value of an enum whose labels are known is one of them', () => {
  const type = enumColumnType('"mood"', { labels: ['glad', 'sad'] });
  expect(encodeElement(type, 'sad', '')).toBe('sad');
  for (const value of ['Sad', 'sad ', '', 'happy', 1]) {
    expect(refusal(() => encodeElement(type, value, '/mood/eq'))).toEqual(['INVALID_VALUE', '/mood/eq']);
  }
});

it('a value of an array column may hold NULLs, and names the element that is refused', () => {
  const type = columnType('int', { array: true });
  expect(encodeValue(type, [1, null, 3], '/scores')).toBe('{1,NULL,3}');
  expect(refusal(() => encodeValue(type, [1, 'x'], '/scores'))).toEqual(['INVALID_VALUE', '/scores/1']);
  expect(refusal(() => encodeValue(type, Array(2), '/scores'))).toEqual(['INVALID_VALUE', '/scores/0']);
  expect(refusal(() => encodeValue(type, 1, '/scores'))).toEqual(['INVALID_VALUE', '/scores']);
});

it('a type that is not supported is a fault of the program, whatever it is called', () => {
  for (const name of ['money', 'point', '', 'constructor', '__proto__', 'toString']) {
    expect(() => columnType(name)).toThrow(/not supported/);
  }
});
