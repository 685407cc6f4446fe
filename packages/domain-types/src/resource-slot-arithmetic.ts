import { Decimal } from 'decimal.js';
import type { ResourceSlot } from './resource-slot.js';

// The default of 20 significant digits would round sums of large amounts.
const Exact = Decimal.clone({ precision: 1000 });

/** Slot by slot: a + b, over the slots of either. */
export function addSlots(a: ResourceSlot, b: ResourceSlot): ResourceSlot {
  return combine(a, b, (x, y) => new Exact(x).plus(y));
}

/** Slot by slot: a - b, over the slots of either. Amounts may come out negative: more is taken than is there. */
export function subtractSlots(a: ResourceSlot, b: ResourceSlot): ResourceSlot {
  return combine(a, b, (x, y) => new Exact(x).minus(y));
}

/** The sum of all; no slots at all for an empty list. */
export function sumSlots(all: Iterable<ResourceSlot>): ResourceSlot {
  const sums = new Map<string, Decimal>();
  for (const slots of all) {
    for (const [name, amount] of Object.entries(slots)) sums.set(name, new Exact(amount).plus(sums.get(name) ?? 0));
  }
  return frozen(sums);
}

/** Whether every slot of `needed` is at most what `available` holds; a slot that is not there holds nothing. */
export function slotsFit(needed: ResourceSlot, available: ResourceSlot): boolean {
  return Object.entries(needed).every(([name, amount]) => new Exact(amount).lte(amountOf(available, name)));
}

/** Whether both hold the same amounts, however they are written and whether zeros are spelt out or left out. */
export function slotsAreEqual(a: ResourceSlot, b: ResourceSlot): boolean {
  return slotsAreZero(subtractSlots(a, b));
}

/** Whether nothing is held: every amount is zero, or there is none. */
export function slotsAreZero(slots: ResourceSlot): boolean {
  return Object.values(slots).every((amount) => new Exact(amount).isZero());
}

function combine(a: ResourceSlot, b: ResourceSlot, operation: (x: string, y: string) => Decimal): ResourceSlot {
  const names = new Set([...Object.keys(a), ...Object.keys(b)]);
  return frozen([...names].map((name) => [name, operation(amountOf(a, name), amountOf(b, name))] as const));
}

function frozen(amounts: Iterable<readonly [string, Decimal]>): ResourceSlot {
  const slots: Record<string, string> = {};
  // Decimal keeps the sign of a negative zero.
  for (const [name, amount] of amounts) slots[name] = amount.isZero() ? '0' : amount.toFixed();
  return Object.freeze(slots) as ResourceSlot;
}

function amountOf(slots: ResourceSlot, name: string): string {
  // A slot may bear the name of something that every object inherits, such as `constructor`.
  return Object.hasOwn(slots, name) ? slots[name]! : '0';
}
