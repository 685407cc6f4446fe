import { describe, expect, it } from '@jest/globals';
import { checkEqual } from '../src/check-equal.js';
import { comparableText } from '../src/comparable-text.js';

const rows = { tenant: 'written-a', isOwn: (id: string) => id.startsWith('00000000-0000-4000-8000') };
const others = { tenant: 'written-b', isOwn: (id: string) => id.startsWith('00000000-0000-4000-8001') };
const longAgo = new Date('2025-01-01T00:00:00.123Z');

/** What a contender returned for one of its rows, with what a test plants in it. */
const returned = (of: typeof rows, planted: object = {}): string => {
  const place = of === rows ? '0' : '1';
  const id = `00000000-0000-4000-800${place}-00000000000a`;
  const session = { id, tenant: of.tenant, name: 'x', created_at: longAgo, updated_at: new Date(), deleted_at: null };
  return comparableText([{ ...session, ...planted }], of);
};
const differences = (planted: object): readonly string[] =>
  checkEqual('update', [
    { contender: 'a', text: returned(rows) },
    { contender: 'b', text: returned(others, planted) },
  ]);

describe('Results that are compared', () => {
  it('are the same where only tenants, ids, times of now and the order of keys differ', () => {
    expect(differences({})).toEqual([]);
    expect(differences({ updated_at: new Date(Date.now() - 1_000) })).toEqual([]);
    const [a, b] = [comparableText({ x: 1, y: null }), comparableText({ y: null, x: 1 })];
    expect(a).toBe(b);
  });

  it('take new ids for the same, and other texts not', () => {
    const made = (id: string) => comparableText({ id }, rows);
    expect(made('0190163d-8694-739b-aea5-966c26f8ad91')).toBe(made('9b2d63b3-6d0f-4d3c-9d5e-0e3d1c8d7f10'));
    expect(made('not an id')).not.toBe(made('9b2d63b3-6d0f-4d3c-9d5e-0e3d1c8d7f10'));
  });

  it.each([
    ['another value', { name: 'y' }],
    ['a time that was not set', { updated_at: longAgo }],
    ['a time that should not have been set', { created_at: new Date() }],
    ['another millisecond', { created_at: new Date(longAgo.getTime() + 1) }],
    ['a text instead of a time', { created_at: longAgo.toISOString() }],
    ['a number instead of a text', { name: 1 }],
    ['undefined instead of null', { deleted_at: undefined }],
    ['a key more', { total: 1 }],
    ["another contender's tenant", { tenant: 'written-a' }],
    ['another row', { id: '00000000-0000-4000-8001-00000000000b' }],
  ])('differ by %s, and who has it is named', (_, planted) => {
    const found = differences(planted);
    expect(found).toHaveLength(1);
    expect(found[0]).toMatch(/^update: b has «.*» where a has «.*»$/);
  });

  it('differ by a row that is missing, and by one too many', () => {
    const [one, two] = [comparableText({ rows: [1] }), comparableText({ rows: [1, 2] })];
    for (const [first, second] of [
      [one, two],
      [two, one],
    ]) {
      const texts = [
        { contender: 'a', text: first! },
        { contender: 'b', text: second! },
      ];
      expect(checkEqual('search', texts)).toHaveLength(1);
    }
  });

  it('count times to the millisecond, however a Date prints itself', () => {
    class Precise extends Date {
      override toJSON(): string {
        return '2025-01-01T00:00:00.123456Z';
      }
    }
    expect(comparableText(new Precise(longAgo))).toBe(comparableText(longAgo));
  });
});
