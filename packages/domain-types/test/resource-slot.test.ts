import { describe, expect, it } from '@jest/globals';
import { InvalidInput } from '@holdfast/errors';
import fc from 'fast-check';
import { resourceSlot, resourceSlotFromRow } from '../src/index.js';

function refusal(attempt: () => unknown): unknown {
  try {
    return attempt() && null;
  } catch (error) {
    return error instanceof InvalidInput ? [error.reason, error.pointer] : error;
  }
}

describe('resourceSlot', () => {
  it('takes numbers, bigints and decimal text and keeps exact decimal text', () => {
    const slots = resourceSlot({ cpu: '4.00', mem: 1073741824, 'cuda.shares': 0.1, 'cuda.10g-mig': 2n });
    expect(slots).toEqual({ cpu: '4', mem: '1073741824', 'cuda.shares': '0.1', 'cuda.10g-mig': '2' });
  });

  it('is frozen and prints as plain JSON', () => {
    const slots = resourceSlot({ cpu: 4 });
    expect(Object.isFrozen(slots)).toBe(true);
    expect(JSON.stringify(slots)).toBe('{"cpu":"4"}');
  });

  it('writes small numbers out instead of using an exponent', () => {
    expect(resourceSlot({ 'cuda.shares': 1e-7 })).toEqual({ 'cuda.shares': '0.0000001' });
  });

  it.each([-1, NaN, Infinity, 2 ** 53, 1e21, '-1', '1e3', '', ' 1', '0x10', '1.', '.5', '9'.repeat(41), null, true])(
    'refuses the amount %p and says which slot',
    (amount) => {
      expect(refusal(() => resourceSlot({ cpu: amount as never }, '/slots'))).toEqual(['INVALID_VALUE', '/slots/cpu']);
    },
  );

  it.each(['', 'CPU', 'a b', '-a', 'a..b', '__proto__'])('refuses the slot name %j, and points at it', (name) => {
    const pointer = `resourceSlot/${name}`;
    expect(refusal(() => resourceSlot(Object.fromEntries([[name, 1]])))).toEqual(['UNKNOWN_FIELD', pointer]);
  });

  it.each([null, undefined, 'x', 5, [], [1], new Map([['cpu', 1]])])(
    'refuses %p, which is no object of amounts',
    (slots) => {
      expect(refusal(() => resourceSlot(slots as never, '/slots'))).toEqual(['INVALID_VALUE', '/slots']);
    },
  );

  it('escapes a slot name in a pointer', () => {
    expect(refusal(() => resourceSlot({ 'a~/b': 1 }, '/slots'))).toEqual(['UNKNOWN_FIELD', '/slots/a~0~1b']);
  });

  it('gives its own output back unchanged', () => {
    const amount = fc.tuple(fc.bigInt({ min: 0n, max: 10n ** 40n - 1n }), fc.bigInt({ min: 0n, max: 10n ** 20n - 1n }));
    fc.assert(
      fc.property(amount, ([whole, fraction]) => {
        const once = resourceSlot({ cpu: `${whole}.${fraction.toString().padStart(20, '0')}` });
        expect(resourceSlot({ ...once })).toEqual(once);
      }),
    );
  });
});

describe('resourceSlotFromRow', () => {
  it('takes the very record over and freezes it', () => {
    const record = { cpu: '4' };
    expect(resourceSlotFromRow(record)).toBe(record);
    expect(Object.isFrozen(record)).toBe(true);
  });
});
