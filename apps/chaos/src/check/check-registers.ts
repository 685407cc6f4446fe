import type { WriteOutcome } from '../writing/write-outcome.js';
import type { FindingsMade } from './findings.js';
import type { StoredLedger, StoredRegister } from './stored-ledger.js';

/**
 * Each register was changed in the order in which its worker wrote, and holds what it was changed to last: what was
 * acknowledged last, or something ambiguous after that.
 */
export function checkRegisters(
  outcomes: readonly WriteOutcome[],
  { registers, changes }: StoredLedger,
  findings: FindingsMade,
): void {
  const changed = byRegister(changes);
  const held = byRegister(registers);
  const written = writtenTo(outcomes);
  for (const name of new Set([...changed.keys(), ...held.keys(), ...written.keys()])) {
    const history = changed.get(name) ?? [];
    const [holds = null, ...others] = held.get(name) ?? [];
    const last = history.at(-1) ?? null;
    if (others.length > 0) findings.duplicates.push(`register ${name} is there ${others.length + 1} times`);
    if (history.some(({ seq }, i) => i > 0 && seq < history[i - 1]!.seq)) {
      findings.lost.push(`register ${name}: a change was overwritten by an earlier one`);
    }
    if (holds?.seq !== last?.seq || holds?.value !== last?.value) {
      findings.lost.push(`register ${name} holds ${holds?.value}, and was changed to ${last?.value} last`);
    }
    checkHeld(name, holds, written.get(name) ?? [], findings);
  }
}

/** By the outcomes alone, whatever the trigger wrote. */
function checkHeld(
  name: string,
  holds: StoredRegister | null,
  outcomes: readonly WriteOutcome[],
  findings: FindingsMade,
): void {
  const last = outcomes.findLast(({ told }) => told === 'acknowledged')?.write.seq ?? -1;
  const held = outcomes.find(({ write }) => write.seq === holds?.seq);
  // One that failed and is there is a finding already.
  const isAdmissible = holds === null ? last === -1 : held?.told === 'failed' || holds.seq >= last;
  if (!isAdmissible) findings.lost.push(`register ${name} holds ${holds?.value}, and ${last} was acknowledged`);
}

function writtenTo(outcomes: readonly WriteOutcome[]): Map<string, WriteOutcome[]> {
  const written = new Map<string, WriteOutcome[]>();
  for (const outcome of outcomes) {
    const { write } = outcome;
    if (write.kind !== 'update' && write.kind !== 'upsert') continue;
    const name = registerName(write);
    const group = written.get(name) ?? [];
    written.set(name, group);
    group.push(outcome);
  }
  return written;
}

function byRegister(rows: readonly StoredRegister[]): Map<string, StoredRegister[]> {
  const groups = new Map<string, StoredRegister[]>();
  for (const row of rows) {
    const group = groups.get(registerName(row)) ?? [];
    groups.set(registerName(row), group);
    group.push(row);
  }
  return groups;
}

function registerName({ worker, slot }: { readonly worker: number; readonly slot: number }): string {
  return `${worker}/${slot}`;
}
