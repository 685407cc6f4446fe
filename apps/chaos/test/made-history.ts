import type { StoredLedger } from '../src/check/stored-ledger.js';
import { HOT_COUNTERS, planWrites } from '../src/writing/plan-writes.js';
import type { Write } from '../src/writing/write.js';
import type { WriteOutcome } from '../src/writing/write-outcome.js';

/** What became of one write: what its caller was told, and whether it is stored. */
export type Fate = 'acknowledged' | 'failed' | 'ambiguous, stored' | 'ambiguous, not stored';
export const fates: readonly Fate[] = ['acknowledged', 'failed', 'ambiguous, stored', 'ambiguous, not stored'];

/** A stored ledger that can be tampered with. */
export type Tamperable = { -readonly [Table in keyof StoredLedger]: StoredLedger[Table][number][] };

/** Writes with their outcomes, and what is stored by them. */
export interface MadeHistory {
  readonly outcomes: WriteOutcome[];
  readonly stored: Tamperable;
}

/** A history in which nothing is wrong; each write has the fate that it is given, in order, over and over. */
export function correctHistory(seed: number, writes: number, given: readonly Fate[]): MadeHistory {
  const stored: Tamperable = { entries: [], postings: [], counters: [], registers: [], changes: [], vouchers: [] };
  for (let id = 0; id < HOT_COUNTERS; id++) stored.counters.push({ id, total: 0 });
  const outcomes = planWrites(seed, writes, 3)
    .flat()
    .map((write, i): WriteOutcome => {
      const fate = given[i % given.length]!;
      if (fate === 'acknowledged' || fate === 'ambiguous, stored') store(write, stored);
      else if (write.kind === 'purge') stored.vouchers.push(tagOf(write));
      if (fate === 'acknowledged') return { write, told: 'acknowledged', returned: write.value };
      return { write, told: fate === 'failed' ? 'failed' : 'ambiguous', returned: null };
    });
  return { outcomes, stored };
}

/** Makes a write once. */
export function store(write: Write, stored: Tamperable): void {
  const tag = tagOf(write);
  switch (write.kind) {
    case 'create':
      stored.entries.push(tag);
      break;
    case 'post':
      for (const counter of write.counters) {
        stored.postings.push({ ...tag, counter });
        stored.counters = stored.counters.map(({ id, total }) => ({ id, total: total + (id === counter ? 1 : 0) }));
      }
      break;
    case 'update':
    case 'upsert': {
      const row = { ...tag, slot: write.slot };
      stored.changes.push(row);
      stored.registers = stored.registers.filter(({ worker, slot }) => worker !== tag.worker || slot !== row.slot);
      stored.registers.push(row);
      break;
    }
    case 'purge':
      stored.vouchers = stored.vouchers.filter(({ worker, seq }) => worker !== tag.worker || seq !== tag.seq);
  }
}

function tagOf({ worker, seq, value }: Write): { worker: number; seq: number; value: string } {
  return { worker, seq, value };
}
