import type { Tag, Write } from '../writing/write.js';
import type { StoredLedger } from './stored-ledger.js';

/** The name of a logical write. */
export const tagName = ({ worker, seq }: Pick<Tag, 'worker' | 'seq'>): string => `${worker}.${seq}`;

/** What a write leaves if it is made once. Each is there once, too. */
export function effectsOf(write: Write): readonly string[] {
  switch (write.kind) {
    case 'create':
      return [`entry ${write.value}`];
    case 'post':
      return write.counters.map((counter) => `posting ${counter} ${write.value}`);
    case 'update':
    case 'upsert':
      return [`register ${write.slot} ${write.value}`];
    case 'purge':
      return [GONE];
  }
}

const GONE = 'voucher gone';

/** How often each effect is there, by the name of the write. */
export type StoredEffects = ReadonlyMap<string, ReadonlyMap<string, number>>;

/** All effects that are stored; vouchers that are there for one of the writes, and are no longer, are effects too. */
export function storedEffects(stored: StoredLedger, writes: readonly Write[]): StoredEffects {
  const effects = new Map<string, Map<string, number>>();
  const add = (tag: Pick<Tag, 'worker' | 'seq'>, effect: string): void => {
    const name = tagName(tag);
    const ofWrite = effects.get(name) ?? new Map<string, number>();
    effects.set(name, ofWrite.set(effect, (ofWrite.get(effect) ?? 0) + 1));
  };
  for (const entry of stored.entries) add(entry, `entry ${entry.value}`);
  for (const posting of stored.postings) add(posting, `posting ${posting.counter} ${posting.value}`);
  for (const change of stored.changes) add(change, `register ${change.slot} ${change.value}`);
  const due = new Map<string, string>();
  for (const write of writes) if (write.kind === 'purge') due.set(tagName(write), write.value);
  for (const voucher of stored.vouchers) {
    const name = tagName(voucher);
    if (due.get(name) === voucher.value) due.delete(name);
    else add(voucher, `voucher ${voucher.value}`);
  }
  for (const write of writes) if (due.has(tagName(write))) add(write, GONE);
  return effects;
}
