import type { WriteOutcome } from '../writing/write-outcome.js';
import { checkCounters } from './check-counters.js';
import { checkRegisters } from './check-registers.js';
import { effectsOf, storedEffects, tagName } from './effects.js';
import { type Findings, type FindingsMade, noFindings } from './findings.js';
import type { StoredLedger } from './stored-ledger.js';

/**
 * Compares what is stored with what callers were told, write by write and value by value: what was acknowledged is there
 * once, what failed is not there, what is ambiguous is there once or not at all, and nothing else is there.
 */
export function checkLedger(outcomes: readonly WriteOutcome[], stored: StoredLedger): Findings {
  const findings = noFindings();
  const writes = outcomes.map(({ write }) => write);
  const unclaimed = new Map(storedEffects(stored, writes));
  for (const outcome of outcomes) {
    const name = tagName(outcome.write);
    checkWrite(outcome, unclaimed.get(name) ?? none, findings);
    unclaimed.delete(name);
  }
  for (const [name, effects] of unclaimed) {
    for (const effect of effects.keys()) findings.unexplained.push(`${name} was never written: ${effect}`);
  }
  checkCounters(stored, findings);
  checkRegisters(outcomes, stored, findings);
  return findings;
}

const none: ReadonlyMap<string, number> = new Map();

function checkWrite(
  { write, told, returned }: WriteOutcome,
  stored: ReadonlyMap<string, number>,
  findings: FindingsMade,
): void {
  const name = `${write.kind} ${tagName(write)}`;
  const expected = effectsOf(write);
  const copies = expected.map((effect) => stored.get(effect) ?? 0);
  const least = Math.min(...copies);
  const most = Math.max(...copies);
  if (most > 1) findings.duplicates.push(`${name} is there ${most} times`);
  if (told === 'acknowledged' && least === 0) findings.lost.push(`${name} was acknowledged and is not there`);
  if (told === 'acknowledged' && returned !== write.value)
    findings.lost.push(`${name} was acknowledged as ${returned}`);
  if (told === 'failed' && most > 0) findings.failedButCommitted.push(`${name} failed and is there`);
  if (told === 'ambiguous' && least !== most) findings.unexplained.push(`${name} is there in part`);
  for (const effect of stored.keys()) {
    if (!expected.includes(effect)) findings.unexplained.push(`${name} left something else: ${effect}`);
  }
}
