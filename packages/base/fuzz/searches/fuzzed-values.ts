/** Stands in every text that is free to choose, and never in a statement. */
export const MARK = '¤';

/** What is in the texts of hidden columns, and never in an answer or a refusal. */
export const CANARY = 'canary';

export const TENANTS = ['mine', 'theirs'] as const;
export type Tenant = (typeof TENANTS)[number];

export const MOODS = ['sad', 'glad', 'odd'] as const;

export const uuids: readonly string[] = [...'70f3a9c1e5b2'].map(
  (digit) => `${digit}190a5d6-4f10-7c3a-9d2e-8b6f5a4c3d2e`,
);

export const texts = ['', 'a', 'A', 'ab', "o'b", '%', '_', 'a\\', 'a,b', '{a}', 'null', 'É', 'é', '\u{1f600}'].map(
  (text) => text + MARK,
);

export const instants = [
  '2024-02-29T12:00:00.123456Z',
  '2024-02-29T12:00:00.123457Z',
  '2024-02-29T12:00:00Z',
  '1970-01-01T00:00:00Z',
  '0001-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999Z',
];

export const localTimes = ['2024-02-29T12:00:00', '2024-02-29T12:00:00.123', '0001-01-02T00:00:00'];

export const days = ['2024-02-29', '2024-03-01', '0001-01-01', '9999-12-31'];

export const times = ['00:00:00', '12:30:00.5', '23:59:59.999999'];

export const integers = [-32_768, -1, 0, 1, 2, 10, 32_767];

export const bigints = ['-9223372036854775808', '0', '1', '9007199254740993', '9223372036854775807'];

export const decimals = ['0', '1.0', '-1.5', '0.1', '12345678901234567890.5', '1e-20'];

export const doubles = [0, -1, 0.1, 1e21, 5e-324, 1.7976931348623157e308];

export const reals = [0, -1, 0.5, 16_777_216, 1e-40];

export const documents: readonly unknown[] = [
  {},
  [],
  true,
  0,
  `a${MARK}`,
  { a: 1, b: ['x', 2, null] },
  { a: { b: `x${MARK}` }, c: null },
  [1, 2, { a: 1 }],
  { a: 1.5, '': 'B', "it's": [] },
];

/** Where something stands in those documents. */
export const paths: readonly (readonly (string | number)[])[] = [
  ['a'],
  ['b', 0],
  ['b', -1],
  ['a', 'b'],
  ['c'],
  [2, 'a'],
  ['0'],
  [''],
];

export const bytes = ['', '00', 'ff00', '5c'].map((hex) => new Uint8Array(Buffer.from(hex, 'hex')));
