import type { FindingsMade } from './findings.js';
import type { StoredLedger } from './stored-ledger.js';

/** Each counter has gone up once for each of its postings, by whomever. */
export function checkCounters({ counters, postings }: StoredLedger, findings: FindingsMade): void {
  const totals = new Map(counters.map(({ id, total }) => [id, total]));
  const posted = new Map<number, number>();
  for (const { counter } of postings) posted.set(counter, (posted.get(counter) ?? 0) + 1);
  for (const id of new Set([...totals.keys(), ...posted.keys()])) {
    const difference = (totals.get(id) ?? 0) - (posted.get(id) ?? 0);
    const kind = difference > 0 ? 'duplicates' : 'lost';
    for (let i = 0; i < Math.abs(difference); i++) {
      findings[kind].push(`counter ${id} is at ${totals.get(id)} after ${posted.get(id) ?? 0} postings`);
    }
  }
}
