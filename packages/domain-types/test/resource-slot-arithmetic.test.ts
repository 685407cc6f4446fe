import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import {
  addSlots,
  type ResourceSlot,
  resourceSlot,
  slotsAreEqual,
  slotsAreZero,
  slotsFit,
  subtractSlots,
  sumSlots,
} from '../src/index.js';

const scale = 10n ** 20n;
const names = ['cpu', 'mem', 'cuda.shares', 'constructor'] as const;
type Model = Record<string, bigint>;

// The second way to know the answer: amounts as integers of 10^-20.
const models: fc.Arbitrary<Model> = fc.dictionary(
  fc.constantFrom(...names),
  fc.oneof(fc.bigInt({ min: 0n, max: 10n ** 60n - 1n }), fc.constantFrom(0n, 1n, scale)),
);

function slotsOf(model: Model): ResourceSlot {
  return resourceSlot(
    Object.fromEntries(
      Object.entries(model).map(([name, n]) => [name, `${n / scale}.${(n % scale).toString().padStart(20, '0')}`]),
    ),
  );
}

function modelOf(slots: ResourceSlot): Model {
  return Object.fromEntries(
    Object.entries(slots).map(([name, text]) => {
      const [whole = '', fraction = ''] = text.replace('-', '').split('.');
      const size = BigInt(whole) * scale + BigInt(fraction.padEnd(20, '0'));
      return [name, text.startsWith('-') ? -size : size];
    }),
  );
}

const amount = (model: Model, name: string): bigint => (Object.hasOwn(model, name) ? model[name]! : 0n);

function combined(a: Model, b: Model, operation: (x: bigint, y: bigint) => bigint): Model {
  const all = new Set([...Object.keys(a), ...Object.keys(b)]);
  return Object.fromEntries([...all].map((name) => [name, operation(amount(a, name), amount(b, name))]));
}

describe('arithmetic of resource slots', () => {
  it('adds exactly', () => {
    fc.assert(
      fc.property(models, models, (a, b) => {
        expect(modelOf(addSlots(slotsOf(a), slotsOf(b)))).toEqual(combined(a, b, (x, y) => x + y));
      }),
    );
  });

  it('subtracts exactly, below zero too', () => {
    fc.assert(
      fc.property(models, models, (a, b) => {
        expect(modelOf(subtractSlots(slotsOf(a), slotsOf(b)))).toEqual(combined(a, b, (x, y) => x - y));
      }),
    );
  });

  it('sums a list as repeated addition would', () => {
    fc.assert(
      fc.property(fc.array(models, { maxLength: 5 }), (list) => {
        const expected = list.reduce((sum, model) => combined(sum, model, (x, y) => x + y), {});
        expect(modelOf(sumSlots(list.map(slotsOf)))).toEqual(expected);
      }),
    );
  });

  it('says that a fits into b exactly if no slot of a exceeds its slot of b', () => {
    fc.assert(
      fc.property(models, models, (a, b) => {
        const expected = Object.keys(a).every((name) => amount(a, name) <= amount(b, name));
        expect(slotsFit(slotsOf(a), slotsOf(b))).toBe(expected);
      }),
    );
  });

  it('freezes what it returns', () => {
    const slots = resourceSlot({ cpu: 1 });
    expect([addSlots(slots, slots), subtractSlots(slots, slots), sumSlots([])].every(Object.isFrozen)).toBe(true);
  });
});

describe('slotsAreZero and slotsAreEqual', () => {
  it('call nothing and zeros zero, and anything else not', () => {
    expect(slotsAreZero(resourceSlot({}))).toBe(true);
    expect(slotsAreZero(resourceSlot({ cpu: 0, mem: '0.000' }))).toBe(true);
    expect(slotsAreZero(resourceSlot({ cpu: 0, mem: '0.0001' }))).toBe(false);
  });

  it('call a zero that is left out equal to one that is spelt out', () => {
    expect(slotsAreEqual(resourceSlot({ cpu: 1, mem: 0 }), resourceSlot({ cpu: '1.0' }))).toBe(true);
    expect(slotsAreEqual(resourceSlot({ cpu: 1 }), resourceSlot({ cpu: 2 }))).toBe(false);
  });
});
