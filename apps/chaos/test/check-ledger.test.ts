import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { checkLedger } from '../src/check/check-ledger.js';
import { tagName } from '../src/check/effects.js';
import type { Findings } from '../src/check/findings.js';
import type { WriteKind } from '../src/writing/write.js';
import { correctHistory, type Fate, fates, type MadeHistory, store } from './made-history.js';
import { tampering } from './tampering.js';

const kinds: readonly WriteKind[] = ['create', 'post', 'update', 'upsert', 'purge'];

function check({ outcomes, stored }: MadeHistory): Findings {
  return checkLedger(outcomes, stored);
}

function counts(history: MadeHistory): Record<string, number> {
  return Object.fromEntries(Object.entries(check(history)).map(([kind, all]) => [kind, all.length]));
}

const nothing = { duplicates: 0, lost: 0, failedButCommitted: 0, unexplained: 0 };

/** The last write of a kind, so that no later one covers it. */
function last({ outcomes }: MadeHistory, kind: WriteKind): number {
  return outcomes.findLastIndex(({ write }) => write.kind === kind && write.worker === 2);
}

describe('checkLedger', () => {
  it('finds nothing where each write is there as its caller was told', () => {
    const history = correctHistory(1, 300, fates);

    expect(counts(history)).toEqual(nothing);
  });

  it.each(kinds.filter((kind) => kind !== 'purge'))('finds a %s that was made twice', (kind) => {
    const history = correctHistory(1, 300, ['acknowledged']);
    const { write } = history.outcomes[last(history, kind)]!;

    store(write, history.stored);

    expect(check(history).duplicates).toEqual([`${kind} ${tagName(write)} is there 2 times`]);
  });

  it.each(kinds)('finds a %s that was acknowledged and is not there', (kind) => {
    const history = correctHistory(1, 300, ['acknowledged']);
    const i = last(history, kind);
    const told = history.outcomes.map((outcome, at) => (at === i ? 'failed' : outcome.told));
    const without = correctHistory(1, 300, told as Fate[]);

    const { lost } = checkLedger(history.outcomes, without.stored);

    expect(lost).toContain(`${kind} ${tagName(history.outcomes[i]!.write)} was acknowledged and is not there`);
  });

  it.each(kinds)('finds a %s that failed and is there', (kind) => {
    const history = correctHistory(1, 300, ['acknowledged']);
    const i = last(history, kind);
    const { write } = history.outcomes[i]!;

    history.outcomes[i] = { write, told: 'failed', returned: null };

    expect(counts(history)).toEqual({ ...nothing, failedButCommitted: 1 });
  });

  it.each(kinds)('takes a %s that is ambiguous as it is, there or not', (kind) => {
    const history = correctHistory(1, 300, ['acknowledged', 'failed']);
    const i = last(history, kind);
    const { write } = history.outcomes[i]!;

    history.outcomes[i] = { write, told: 'ambiguous', returned: null };

    expect(counts(history)).toEqual(nothing);
  });

  it('finds an update of a counter that was lost, and one that was made twice', () => {
    const history = correctHistory(1, 300, ['acknowledged']);
    const [first, second, ...others] = history.stored.counters;

    history.stored.counters = [
      { ...first!, total: first!.total - 1 },
      { ...second!, total: second!.total + 2 },
      ...others,
    ];

    expect(counts(history)).toEqual({ ...nothing, lost: 1, duplicates: 2 });
  });

  it('finds half of a transaction, whatever its caller was told', () => {
    const history = correctHistory(1, 300, ['ambiguous, stored']);
    const i = history.outcomes.findIndex(({ write }) => write.kind === 'post' && write.counters.length === 2);
    const { write } = history.outcomes[i]!;
    const half = history.stored.postings.findIndex(({ worker, seq }) => worker === write.worker && seq === write.seq);
    const [gone] = history.stored.postings.splice(half, 1);
    const isRaised = (id: number): number => (id === gone!.counter ? 1 : 0);
    history.stored.counters = history.stored.counters.map(({ id, total }) => ({ id, total: total - isRaised(id) }));

    expect(counts(history)).toEqual({ ...nothing, unexplained: 1 });
  });

  it('finds a register that holds what was acknowledged before something else', () => {
    const history = correctHistory(1, 300, ['acknowledged']);
    const { worker, slot } = history.stored.registers.at(-1)!;
    const own = history.stored.changes.filter((change) => change.worker === worker && change.slot === slot);

    history.stored.registers[history.stored.registers.length - 1] = own.at(-2)!;

    expect(check(history).lost.length).toBeGreaterThan(0);
  });

  it('finds a write that came late, over one that was acknowledged after it', () => {
    const history = correctHistory(1, 300, ['acknowledged', 'ambiguous, stored']);
    const { registers, changes } = history.stored;
    const { worker, slot } = registers.at(-1)!;
    const own = changes.filter((change) => change.worker === worker && change.slot === slot);
    const [late] = changes.splice(changes.indexOf(own.at(-2)!), 1);

    changes.push(late!);
    registers[registers.length - 1] = late!;

    expect(check(history).lost.length).toBeGreaterThan(0);
  });

  it('finds any single tampering with a correct history', () => {
    const histories = fc.tuple(fc.nat(), fc.array(fc.constantFrom(...fates), { minLength: 1, maxLength: 20 }));
    fc.assert(
      fc.property(histories, tampering(), ([seed, given], tamper) => {
        const history = correctHistory(seed, 60, given);
        expect(counts(history)).toEqual(nothing);

        fc.pre(tamper.apply(history));

        expect(Object.values(check(history)).flat()).not.toEqual([]);
      }),
      { numRuns: 500 },
    );
  });
});
